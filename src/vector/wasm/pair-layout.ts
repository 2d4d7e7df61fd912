// Where two trials that run side by side stand in the memory of the pack: for both sides.

/** Memory for two trials side by side, 0 where there is none; whether the rules are such that they can be. */
export const FRAME_PAIRS = 232;
export const FRAME_ALL_IN = 236;
/** Memory of the masks that each trial makes anew, and its size: the second trial's stands behind the first's. */
export const FRAME_SCRATCH = 240;
export const FRAME_SCRATCH_BYTES = 244;

/** Whether nobody asks for sums of trades, of gains and losses, and of what was paid. */
export const FRAME_FEW = 252;

/** Trades of a chunk: one that began before it, then one per two bars; a few more, as four are read at a time. */
export const BARS_BYTES = 2080;
export const PRICES_BYTES = 4160;

// Of each trial, the one's, then the other's.
/** Bars of fills, which signals make: they change a flat account into a held one, and back. */
export const EVENTS = 0;
export const EVENTS_BYTES = 4176;
/** Trades that exits may end: bar of the end, the chunk's length where there is none, and what a unit is sold at. */
export const PAIR_ENDS = 8352;
export const PAIR_SOLD = 12512;

// Of the two trials, two numbers each.
/** Trades of the list; where bars of its first fill and end stand; rules that wait as the chunk ends. */
export const LANE_TURNS = 29120;
export const LANE_FILLS = 29136;
export const LANE_ENDS = 29152;
export const LANE_PENDING = 29168;
/** Whether the masks of a crossing were made: a number in two. */
export const LANE_MASKED = 29232;
/** Bytes from one trade's bar to the next, as a power of 2. */
export const PAIR_STEP = 29216;
/** What a unit is bought at in the trades that both share; 0 where they are bought at the prices of their bars. */
export const PAIR_BOUGHT = 29220;
/** Of what was carried into the chunk: bar of the end, price. */
export const CARRIED_ENDS = 29184;
export const CARRIED_SOLD = 29200;
/** The sums of the block, as in `account.ts`, and the error of the first. */
export const PAIR_EXCESS = 29248;
export const PAIR_LOW = 29264;
export const PAIR_GAINS = 29280;
export const PAIR_LOSSES = 29296;
export const PAIR_SQUARES = 29312;
export const PAIR_DOWNSIDE = 29328;
/** Bars on which equity does not move; what equity is never above, and its least; what was paid, traded, and bars held. */
export const PAIR_FLAT = 29344;
export const PAIR_BOUND = 29360;
export const PAIR_LEAST = 29376;
export const PAIR_COMMISSION = 29392;
export const PAIR_TRADED = 29408;
export const PAIR_HELD = 29424;
// By slot: slot 0 is what was carried into the chunk, slot k + 1 is trade k.
export const PAIR_CASH = 29440;
export const PAIR_REST = 37760;
export const PAIR_UNITS = 46080;
/** Returns of the bar on which the trade begins, and of that on which it ends. */
export const PAIR_FIRST = 54400;
export const PAIR_LAST = 62720;
/** Profit, return, and whether the trade was closed. */
export const PAIR_TRADES = 71040;
export const TRADES_BYTES = 48;
export const PAIRS_BYTES = 96000;
