type Schema = { [key: string]: any }

/**
 * The plainest value that a JSON Schema accepts: required members only, shortest lists, first choices.
 * Lists whose items must differ get numbered texts. Enough for what the server writes of its payloads; anything else is an error, not a guess.
 */
export function fillIn(schema: Schema, root: Schema = schema, nth = 0): unknown {
  if (typeof schema['$ref'] === 'string') {
    const path = schema['$ref'].split('/').slice(1)
    return fillIn(
      path.reduce((at: Schema, key: string) => at[key], root),
      root,
      nth,
    )
  }
  if ('const' in schema) return schema['const']
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  const choice = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(choice)) return fillIn(choice[0], root, nth)
  switch (schema['type']) {
    case 'object':
      return objectFrom(schema, root, nth)
    case 'array':
      return Array.from({ length: schema['minItems'] ?? 0 }, (_, n) =>
        fillIn(schema['items'], root, schema['uniqueItems'] ? n : nth),
      )
    case 'string':
      return textFrom(schema, nth)
    case 'integer':
    case 'number':
      return Math.max(schema['minimum'] ?? 0, (schema['exclusiveMinimum'] ?? -1) + 1)
    case 'boolean':
      return false
    case 'null':
      return null
    case undefined:
      return null
    default:
      throw new Error(`no value for ${JSON.stringify(schema)}`)
  }
}

function objectFrom(schema: Schema, root: Schema, nth: number): object {
  const keys: string[] = schema['propertyNames']?.enum ?? []
  return Object.fromEntries([
    ...(schema['required'] ?? []).map((key: string) => [
      key,
      fillIn(schema['properties']?.[key] ?? schema['additionalProperties'], root, nth),
    ]),
    ...keys.map((key) => [key, fillIn(schema['additionalProperties'], root, nth)]),
  ])
}

function textFrom(schema: Schema, nth: number): string {
  if (schema['format'] === 'date') return '2026-12-31'
  if (schema['format'] === 'date-time') return '2026-12-31T00:00:00Z'
  return `如实填报${nth || ''}`.padEnd(schema['minLength'] ?? 0, '。').slice(0, schema['maxLength'])
}
