import type { defineCampaign } from '@duban/engine'
import type { commands, dates, messages, roles } from './plan.ts'

type Spec = Parameters<
  typeof defineCampaign<typeof roles, typeof dates, typeof commands, typeof messages>
>[0]
export type Author = Parameters<Spec['machines']>[0]
export type Kind = ReturnType<Spec['machines']>[string]
