import { personId, unitId } from '@duban/engine'
import { label } from '../block.ts'

/** What is drawn: participating units, persons, or anything that has an id. */
export const drawables = { units: unitId, persons: personId, ids: () => label }
export type Drawable = keyof typeof drawables
