// PostgreSQL of our own, from the binaries that npm brings. A start, in reading order:
//
//   account   whose PostgreSQL is it?          (root must lend it another user)
//   binaries  where are its programs?          (reachableCopy, when root's directories are closed)
//   initialise                                 the first time
//   orphan    does one run there already?      (a killed server's; or a served one: refused)
//   launch    postmaster, socket, log
//   possession                                 held as long as this process lives
//   roles     duban and its database
export type { Embedded, EmbeddedOptions } from './startEmbedded.ts'
export type { EmbeddedCode } from './errors.ts'
export { EmbeddedError } from './errors.ts'
export { startEmbedded } from './startEmbedded.ts'
export { startThrowaway } from './startThrowaway.ts'
