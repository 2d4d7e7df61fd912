/**
 * Packages that the build takes in. As packages of their own chevrotain loads six hundred files, for 0.6 s and 25 MB of each
 * process, and uuid as much as half of a thread of a sweep does; and CommonJS before Node 20.19 cannot load chevrotain.
 */
export const BUNDLED_PACKAGES = ["chevrotain", "uuid"];
