import { fastTechnicalIndicatorsPeers } from "./fast-technical-indicators.ts";
import { indicatortsPeers } from "./indicatorts.ts";
import { ixjb94Peers } from "./ixjb94.ts";
import type { Peer } from "./peer.ts";
import { technicalindicatorsPeers } from "./technicalindicators.ts";
import { tradingSignalsPeers } from "./trading-signals.ts";

/** What the npm packages have of our indicators. */
export const peers: readonly Peer[] = [
  ...technicalindicatorsPeers,
  ...tradingSignalsPeers,
  ...indicatortsPeers,
  ...ixjb94Peers,
  ...fastTechnicalIndicatorsPeers,
];
