/**
 * What a table itself holds under a name. Names come from people and from histories that may be forged, so
 * `constructor` or `__proto__` finds nothing that JavaScript put there.
 */
export function getOwn<Value>(table: { readonly [name: string]: Value } | undefined, name: string): Value | undefined {
  return table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
}
