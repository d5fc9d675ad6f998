export type Settings = Readonly<Record<string, string>>

// Given on the command line, where neither postgresql.conf nor ALTER SYSTEM can override them.
// (wal_compression is left alone: the npm-shipped binaries have only pglz, no lz4.)
const common: Settings = {
  cluster_name: 'duban',
  listen_addresses: '', // reached through the private socket directory only
  port: '5432', // part of the socket's name; named so that a PGPORT around us changes nothing
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %u@%d ',
  log_checkpoints: 'off', // two lines every five minutes would bury what matters
  logging_collector: 'off',
}

/** For a small host that keeps records: a commit is on disk before it is acknowledged. */
export const durable: Settings = {
  ...common,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '50',
  shared_buffers: '128MB',
}

/** For tests: nothing needs to survive, many processes connect. */
export const throwaway: Settings = {
  ...common,
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum: 'off',
}
