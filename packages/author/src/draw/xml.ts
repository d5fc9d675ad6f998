export type Attributes = { readonly [name: string]: string | number }

/** Text as XML's character data or attribute value. */
export function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** An element around what is already XML. */
export function element(name: string, attributes: Attributes, inside: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('')
  return inside.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${inside.join('')}</${name}>`
}

/** An SVG text. */
export function text(value: string, attributes: Attributes): string {
  return element('text', attributes, [escaped(value)])
}

/** Coordinates to a tenth of a px: what nobody sees need not be stored. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10)
}
