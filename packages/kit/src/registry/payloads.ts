import { z } from 'zod'
import { label, words } from '../block.ts'

const day = z.iso.date()
/** 报名: whoever sends it is the candidate. */
export const Application = z.strictObject({ statement: words })
export const Recommendation = z.strictObject({ opinion: words })
export const Approval = z.strictObject({ documentNo: label.optional() })
/** The day on which the holder left, or will; everything about the vacancy counts from it. */
export const Leaving = z.strictObject({ leftOn: day, reason: words })
/** 函告. */
export const Notice = z.strictObject({ letter: words })
export const Judgement = z.strictObject({ facts: words, documentNo: label.optional() })
export const Dismissal = z.strictObject({ leftOn: day, reason: words })
