import { archiveBars } from "../../src/data/archive/archive-bars.ts";

/** Archives a database until it is killed: `archive-child.ts DATABASE FOLDER BEFORE`. */
const [database, folder, before] = process.argv.slice(2);
void archiveBars(database, folder, Date.parse(before));
