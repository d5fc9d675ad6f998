import { z } from 'zod'
import { json, jsonObject } from '../data/json.ts'
import { text } from '../data/text.ts'
import { assignment } from './instance.ts'

/** What a step wants done beside its own instance; carried out in the same transaction. */
export const effect = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('open'),
    kind: z.string(),
    items: z.union([z.array(json), z.literal(['units', 'unitsBelow'])]),
    unit: z.string().exactOptional(),
    with: jsonObject.exactOptional(),
  }),
  z.strictObject({ type: z.literal('tellParent'), message: z.string(), payload: json }),
  z.strictObject({ type: z.literal('tellChildren'), kind: z.string(), message: z.string(), payload: json }),
  z.strictObject({ type: z.literal('actOnChildren'), act: z.string(), payload: jsonObject }),
  z.strictObject({ type: z.literal('notify'), to: z.array(z.string()), unit: z.string().nullable(), text }),
  z.strictObject({ type: z.literal('grant'), assignment }),
  z.strictObject({ type: z.literal('revoke'), assignment: z.string() }),
])
export type Effect = z.infer<typeof effect>
