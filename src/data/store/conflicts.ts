/** What to do with a stored bar whose time comes again with other values. */
export const CONFLICT_POLICIES = ["keep", "replace", "fail"] as const;
export type OnConflict = (typeof CONFLICT_POLICIES)[number];
