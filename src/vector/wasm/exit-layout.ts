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
/** Trades of a trial within a chunk that the only two rules and its exits make. */
export const FRAME_EXIT_TURNS = 232;

/** What a bar that reaches both levels reached first. */
export const TV_PATH = 0;
export const STOP_FIRST = 1;
export const TARGET_FIRST = 2;

/** A tree of a chunk: its leaves, then level after level. */
export const TREE_BYTES = 16384;

/** A trade: bars of entry and exit, the bar from which on signals are left; what a unit was bought and sold at. */
export const EXIT_TURN_BYTES = 32;

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
/** By bar of the signal: the bar on which its level is hit, 16 bits; 0 where nobody has looked. */
export const HITS_BYTES = 2048;

export const NO_DISTANCE = 0;
/** The number is a share of the entry price. */
export const SHARE = 1;
export const FIXED = 2;
/** The number is a multiple of the ATR. */
export const OF_ATR = 3;
