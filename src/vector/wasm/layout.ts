// Where things are in the memory of the pack, and what its operations are called: for both sides.

/** Bars per chunk, which is a block of the canonical sums. */
export const CHUNK = 1024;
/** 32-bit words of a mask of a chunk. */
export const WORDS = 32;
export const MASK_BYTES = 128;
/** A mask and behind it, as bits, which of its 64-bit words have any set. */
export const MASK_SUMMARY = 128;
export const LISTED_MASK_BYTES = 136;
export const COLUMN_BYTES = 8192;
/** Bars that have a scale of their own, and how many of them are in a chunk. */
export const STRETCH = 64;
export const STRETCHES = 16;
/**
 * A column as whole numbers of 16 bits, behind its first bar that is not na, and a mask of the stretches in which it holds
 * na behind it.
 */
export const SHADOW_HEAD = 16;
export const SHADOW_SINCE = 4;
export const SHADOW_BYTES = 2064;
/** Of columns that are compared with each other, per stretch: the least value, and steps per unit. */
export const SCALE_BYTES = 16;
/**
 * How two columns compare: masks of greater, equal, both defined, then whether all are defined and none equal; the bar from
 * which on they are so, -1 where there is none.
 */
export const RELATION_BYTES = 392;
export const RELATION_PLAIN = 384;
export const RELATION_SINCE = 388;
export const RELATION_GREATER = 0;
export const RELATION_EQUAL = 128;
export const RELATION_DEFINED = 256;

/** An operation: eight 32-bit numbers: code, result, operands a and b, their 16-bit forms, flags, one more. */
export const OP_BYTES = 32;
/** Flags: operand a, or b, stands in a column of all bars. */
export const WHOLE_A = 1;
export const WHOLE_B = 2;
/** Operand a is one number throughout. */
export const CONSTANT = 4;

export const OP_HISTORY = 0;
export const OP_PREFIX = 1;
export const OP_SMA = 2;
export const OP_EMA = 3;
export const OP_RSI = 4;
export const OP_LEVELS = 5;
export const OP_EXTREME = 6;
export const OP_ARITHMETIC = 7;
export const OP_SHADOW = 8;
export const OP_RELATE = 9;
export const OP_COMPARE = 10;
export const OP_CROSS = 11;
export const OP_AND = 12;
export const OP_OR = 13;
export const OP_CLEAR = 14;
export const OP_SCALES = 15;
export const OP_SUMMARY = 16;
export const OP_BLEND = 17;

export const ADD = 0;
export const SUB = 1;
export const MUL = 2;
export const DIV = 3;

export const GT = 0;
export const LT = 1;
export const GE = 2;
export const LE = 3;
export const EQ = 4;
export const NE = 5;

/** Flags of a cross. */
export const SWAPPED = 1;
export const NEGATED = 2;
/** What a cross remembers: three 32-bit numbers, as in `cross-machine.ts`. */
export const CROSS_BYTES = 16;
export const LAST_DEFINED = 0;
export const PREVIOUS_BAR = 1;
export const LAST_NON_ZERO = 2;
export const ARMED = 3;

/** An exponential average: result, source, whether whole, bar of its first value; k, that value, value. */
export const EMA_BYTES = 40;
/** Wilder's averages: period, bar of the seed; up, down, what stands for no change. */
export const RSI_BYTES = 32;

/** The running sums of a block, per bar: excess, gains, losses, squares, downside; one bar more than the chunk. */
export const RUNNING_BYTES = 64;
/** Levels of the tables of least and largest closes: level k covers 2^k bars. */
export const LEVELS = 11;

/** The frame: what all trials share, at address 0. */
export const FRAME_START = 0;
export const FRAME_CLOSE = 4;
export const FRAME_PRICE = 8;
export const FRAME_RUNNING = 12;
export const FRAME_LEAST = 16;
export const FRAME_LARGEST = 20;
/** Closed trades of the chunk of the trial at hand: profit and return each. */
export const FRAME_TRADES = 24;
export const TRADE_BYTES = 16;
export const FRAME_AT_CLOSE = 28;
export const FRAME_EXACT = 32;
export const FRAME_RULES = 36;
export const FRAME_RATE = 40;
export const FRAME_BUY = 48;
export const FRAME_SELL = 56;
export const FRAME_RISK_FREE = 64;
export const FRAME_GROSS = 72;
/** The rule that alone opens from flat, and the one that alone closes what it opened; -1 where there are none. */
export const FRAME_ENTRY = 128;
export const FRAME_EXIT_MASK = 132;
/** Bars of entry and exit of the trades at hand, two 32-bit numbers each. */
export const FRAME_TURNS = 136;
export const TURN_BYTES = 8;
/** Rows to be added to the sums of the block: excess, gain, loss, square, downside. */
export const FRAME_ROWS = 140;
export const ROW_BYTES = 40;
/**
 * Per bar of the chunk: the next one whose close is as high (as low), the last before closes turn, and the least
 * (largest) close before the next.
 */
export const NEXT_BYTES = 16;
export const NEXT_TURN = 4;
export const NEXT_WORST = 8;
export const FRAME_NEXT_HIGH = 144;
export const FRAME_NEXT_LOW = 148;
/**
 * Of each level, the bars of the largest closes, and what the deepest drawdown of closes leaves; 0 where the longest
 * drawdown is asked for.
 */
export const FRAME_HIGH_BARS = 152;
export const FRAME_LEFT = 156;
/** What follows up to here is in `exit-layout.ts`. */
export const FRAME_BYTES = 256;

/** A trial: its account, what its metrics need, its operations, then its rules. */
export const T_FLAGS = 0;
export const T_PENDING = 4;
export const T_CASH = 8;
export const T_UNITS = 16;
export const T_LOT = 24;
export const T_ENTRY = 32;
export const T_ENTRY_BAR = 40;
export const T_HELD_BARS = 44;
export const T_SCALE = 48;
export const T_BEFORE = 56;
/** Five sums, then their errors. */
export const T_SUMS = 64;
/** Won, lost, pnl, returns, off, off²; then their errors. */
export const T_TRADES = 144;
export const T_PIVOT = 240;
export const T_BEST = 248;
export const T_WORST = 256;
export const T_CLOSED = 264;
export const T_WINS = 268;
export const T_LOSSES = 272;
export const T_BARS_HELD = 280;
export const T_COMMISSION = 288;
export const T_TRADED = 296;
export const T_PEAK = 304;
export const T_TROUGH = 312;
export const T_DEPTH = 320;
export const T_PEAK_BAR = 328;
export const T_LONGEST = 332;
/** By position: the only rule that can fire there, or -1. */
export const T_ONLY = 360;
export const T_OPS = 336;
export const T_OP_COUNT = 340;
/** Masks of the bars on which any rule fires, by position: short, flat, long. */
export const T_ANY = 344;
/** Of its exits; 0 where there are none. */
export const T_EXITS = 372;
/** The relation whose turns are the trial's signals, where the last two of its operations make them of it; else 0. */
export const T_CROSSING = 376;
/** Whether masks of what opens and what closes have their summaries. */
export const T_SUMMARIES = 380;
export const T_RULES = 384;
export const RULE_BYTES = 32;
export const RULE_KIND = 0;
export const RULE_SIDE = 4;
/** Masks by position: short, flat, long. */
export const RULE_WHEN = 8;
export const RULE_VALUE = 24;

/** Flags of a trial. */
export const GIVEN_UP = 1;
export const RUINED = 2;
export const FRESH = 4;
export const ALL_IN = 8;

export const SIZE_QUANTITY = 0;
export const SIZE_CLOSE = 1;
export const SIZE_CASH = 2;
export const SIZE_PERCENT = 3;
