import t from 'tap'
import fc from 'fast-check'
import { canonical, derivedId, digest, digestText, notJson } from '../src/index.ts'
import { plain } from '../src/data/hash.ts'

void t.test('numbers are written as RFC 8785 appendix B writes them', async (t) => {
  const table: [number, string][] = [
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-5e-324, '-5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [1e23, '1e+23'],
    [1.0000000000000001e23, '1.0000000000000001e+23'],
    [999999999999999700000, '999999999999999700000'],
    [999999999999999900000, '999999999999999900000'],
    [1e21, '1e+21'],
    [9.999999999999997e-7, '9.999999999999997e-7'],
    [0.000001, '0.000001'],
    [333333333.3333332, '333333333.3333332'],
    [333333333.33333325, '333333333.33333325'],
    [0.1 + 0.2, '0.30000000000000004'],
  ]
  for (const [number, text] of table) t.equal(canonical(number), text)
})

void t.test('keys are sorted by UTF-16 code units (RFC 8785 section 3.2.3)', async (t) => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  t.strictSame(
    [...canonical(value).matchAll(/:"([^"]+)"/gu)].map(([, name]) => name),
    [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ],
  )
  t.equal(canonical({ b: 1, a: { 10: 1, 9: 2, z: [] } }), '{"a":{"10":1,"9":2,"z":[]},"b":1}')
})

void t.test('strings are escaped only where they must be', async (t) => {
  t.equal(canonical('\u20ac$\u000f\nA\'B"\\\\"/'), String.raw`"€$\u000f\nA'B\"\\\\\"/"`)
  t.equal(canonical('\u2028\u007f法'), '"\u2028\u007f法"')
  t.equal(canonical('\b\t\f\r\u0000'), String.raw`"\b\t\f\r\u0000"`)
})

void t.test('what JSON cannot say has no canonical form', async (t) => {
  for (const bad of [NaN, Infinity, -Infinity, '\ud800', { '\udc00': 1 }, undefined]) {
    t.throws(() => canonical(bad))
  }
})

void t.test('equal values have equal bytes, and bytes give the value back', async (t) => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value)
      const back: unknown = JSON.parse(text)
      return canonical(back) === text && digest(back) === digest(value) && digestText(text) === digest(value)
    }),
  )
  t.pass()
})

void t.test('a plain copy shares nothing with its source and cannot be written into', async (t) => {
  const source = { b: [-0, { c: 1 }], a: 'x' }
  const copy = plain(source)
  t.equal(JSON.stringify(copy), '{"a":"x","b":[0,{"c":1}]}')
  t.not(copy.b[1], source.b[1])
  t.throws(() => copy.b.push(1), TypeError)
  t.notOk(Object.isFrozen(source))
})

void t.test('what is no JSON is found, with the place where it is', async (t) => {
  t.equal(notJson({ a: [1, { b: 'x' }], c: null, d: true }), undefined)
  t.equal(notJson({ a: [1, { b: undefined }] }), '/a/1/b')
  t.equal(notJson({ a: new Date(0) }), '/a')
  t.equal(notJson(Object.create({ a: 1 })), '/')
  t.equal(notJson(Array.from({ length: 2 })), '/0')
  t.equal(notJson({ 'a\u0000': 1 }), '/a\u0000')
  t.equal(notJson(JSON.parse('{"__proto__":{"a":"\\u0000"}}')), '/__proto__/a')
  const cycle: { [key: string]: unknown } = {}
  cycle['me'] = cycle
  t.match(notJson(cycle), /^(\/me)+$/u)
})

void t.test('a derived id is a UUID of version 8 that anyone can compute again', async (t) => {
  const uuid8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u
  fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' })), (parts) => uuid8.test(derivedId(...parts))))
  t.equal(derivedId('a', 'b'), derivedId('a', 'b'))
  t.not(derivedId('a', 'b'), derivedId('ab'))
  t.not(derivedId('a', 'b'), derivedId('b', 'a'))
  t.equal(digestText('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
