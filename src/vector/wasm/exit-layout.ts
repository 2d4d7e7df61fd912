// Where what closes positions by itself stands in the memory of the pack: for both sides.

/** The frame's part for exits; all 0 where there are none. */
export const FRAME_OPEN = 192;
export const FRAME_HIGH = 196;
export const FRAME_LOW = 200;
/** Trees of the chunk's least lows and largest highs: node i of a level covers the nodes 2i and 2i + 1 below. */
export const FRAME_LOWS = 204;
export const FRAME_HIGHS = 208;
export const FRAME_BOTH_HIT = 212;
/** Smallest step of the price, 0 for none; steps per unit where that is a whole number, else 0. */
export const FRAME_TICK = 216;
export const FRAME_TICKS_PER_UNIT = 224;
/** Lists of trades and of hits. */
export const FRAME_EXIT_LISTS = 248;

/** What a bar that reaches both levels reached first. */
export const TV_PATH = 0;
export const STOP_FIRST = 1;
export const TARGET_FIRST = 2;

/** A tree of a chunk: its leaves, then level after level. */
export const TREE_BYTES = 16384;

/** The exits of a trial: distances of stop and target, then their levels for the position at hand. */
export const X_STOP = 0;
export const X_TARGET = 24;
export const X_STOP_LEVEL = 48;
export const X_TARGET_LEVEL = 56;
export const EXITS_BYTES = 64;

/** A distance: its number, its kind, the column of an ATR as of the bar of the fill, what is known of it by bar. */
export const DISTANCE_VALUE = 0;
export const DISTANCE_KIND = 8;
export const DISTANCE_COLUMN = 12;
export const DISTANCE_HITS = 16;
/** Which list of trades it was looked up for; bar of the hit by bar of the fill, 16 bits, 0 for not known; then bar and price by trade. */
export const HITS_HEAD = 2064;
export const HIT_BY_FILL = 16;
export const HIT_BARS = 2064;
export const HIT_PRICES = 4112;
export const HITS_BYTES = 8208;

// Trades that the signals alone make, by trade: bar of the fill, bar that signals the end, bar of the end by rule
// (the chunk's length where there is none), what a unit is bought at and sold at by rule.
export const TURN_FILL = 0;
export const TURN_SIGNAL = 2080;
export const TURN_END = 4160;
export const TURN_BOUGHT = 6240;
export const TURN_SOLD = 10400;
/** Tables of distances that no other trial has: stop and target of both trials. */
export const OWN_HITS = 14560;
export const EXIT_LISTS_BYTES = 47392;

export const NO_DISTANCE = 0;
/** The number is a share of the entry price. */
export const SHARE = 1;
export const FIXED = 2;
/** The number is a multiple of the ATR. */
export const OF_ATR = 3;
