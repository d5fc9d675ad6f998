import type { ClientBase } from 'pg'

/**
 * The server works as `duban`, which is no superuser, so that the database can forbid it to change
 * history. It owns the database of the same name. Repeatable.
 */
export async function ensureRoleAndDatabase(client: ClientBase): Promise<void> {
  await ensureRole(client, 'LOGIN')
  const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'duban'`)
  if (rowCount === 0) await client.query('CREATE DATABASE duban OWNER duban')
}

export async function ensureRole(client: ClientBase, attributes: string): Promise<void> {
  const { rowCount } = await client.query(`SELECT FROM pg_roles WHERE rolname = 'duban'`)
  if (rowCount === 0) await client.query(`CREATE ROLE duban ${attributes}`)
}
