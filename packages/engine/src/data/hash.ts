import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { frozen } from './json.ts'

/** Lower-case hex SHA-256 (FIPS 180-4). */
export type Digest = string

/** RFC 8785 (JCS): one spelling for each JSON value, so that equal values have equal bytes. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('canonical: not a JSON value')
  return text
}

/**
 * A JSON value as anyone finds it who reads the canonical text back: keys sorted, `-0` plain `0`, nothing
 * shared with where it came from, nothing that can be written into. A step works on this, so it makes no
 * difference whether its input comes from the network, from a row or from a record.
 */
export function plain<Value>(value: Value): Value {
  return frozen(JSON.parse(canonical(value)) as Value)
}

/** SHA-256 of the UTF-8 bytes of a text. */
export function digestText(text: string): Digest {
  return hash('sha256', text, 'hex')
}

/** SHA-256 of the canonical form of a JSON value. */
export function digest(value: unknown): Digest {
  return digestText(canonical(value))
}

/**
 * A UUID (RFC 9562 version 8) that anyone can recompute from its parts. Instances are named this way,
 * so a replay, a second server and the original run agree on every id without drawing random numbers.
 */
export function derivedId(...parts: string[]): string {
  const hex = digest(parts)
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
