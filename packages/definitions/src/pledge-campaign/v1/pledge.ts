import { notify, tell, type StateSpec, type Text } from '@duban/engine'
import type { z } from 'zod'
import { disclosure } from '@duban/kit'
import { dotted, given, kindOf, Reason, titledWith } from '@duban/kit'
import { pledgeGuards, pledgeUpdates, type PledgeContext } from './pledge-context.ts'
import { Assessment, Rated, Stars, Talk } from './payloads.ts'

type Who = 'committee' | 'secretary' | 'member' | 'masses'

type Options<Published extends z.ZodType, Progress extends z.ZodType> = {
  title: Text
  of: Published
  progress: Progress
  /** Whose pledge it is, and who gives the stars. */
  by: readonly Who[]
  rate: readonly Who[]
  /** Only the person whom the context names as `owner`. */
  personal: boolean
  source: string
}

/**
 * 承诺: made public, carried out with progress against each item, told (一讲), assessed by fellow members and
 * by the masses (二评), given its stars. The same for a branch and for a member, with other words and roles.
 */
export function pledge<const Name extends string, Published extends z.ZodType, Progress extends z.ZodType>(
  name: Name,
  { title, by, rate, personal, source, ...said }: Options<Published, Progress>,
) {
  const titled = titledWith(title)
  const only = given('only', personal ? ('context.owner' as const) : undefined)
  const first = disclosure(name, {
    title,
    of: said.of,
    publish: by,
    object: ['masses', 'member'],
    answer: ['secretary'],
    decide: ['committee'],
    publishBy: 'pledged',
    source,
    ...only,
  })
  const own = [`${name}.publish`, `${name}.talk`]
  const commands = {
    ...first.commands,
    ...dotted(name, {
      report: {
        ...titled('进展', 'report progress'),
        by,
        ...only,
        payload: said.progress,
        source: '检查承诺事项落实情况',
      },
      talk: {
        ...titled('述讲', 'talk about it'),
        by,
        ...only,
        payload: Talk,
        source: '及时开展“一讲二评三公示”活动',
      },
      waive: { ...titled('同意不再述讲', 'waive the talk'), by: ['committee'], payload: Reason },
      peerAssess: {
        ...titled('党员互评', 'assess as a fellow member'),
        by: ['member'],
        notBy: own,
        payload: Assessment,
        source: '及时开展“一讲二评三公示”活动',
      },
      massesAssess: {
        ...titled('群众评议', 'assess as one of the masses'),
        by: ['masses'],
        notBy: own,
        payload: Assessment,
        source: '及时开展“一讲二评三公示”活动',
      },
      rate: { ...titled('评星定格', 'give stars'), by: rate, notBy: own, payload: Stars },
    } as const),
  }
  const messages = {
    ...first.messages,
    ...dotted(name, { rated: { ...titled('评定星级', 'rated'), payload: Rated } } as const),
  }

  const kind = kindOf(
    { meta: { title, source }, initial: 'disclosing', states: states(name, title, first.state) },
    ({ input }): PledgeContext & typeof first.context => {
      const { person = null } = (input ?? {}) as { person?: string }
      return {
        owner: person,
        of: person ?? title.zh,
        progress: {},
        talk: null,
        waived: null,
        peers: [],
        masses: [],
        rating: null,
        stars: null,
        ...first.context,
      }
    },
    {
      guards: { ...pledgeGuards, ...first.guards },
      updates: { ...pledgeUpdates, ...first.updates },
    },
  )
  return { commands, messages, dates: first.dates, kind, kinds: first.kinds }
}

function states(name: string, title: Text, disclosing: StateSpec): { [state: string]: StateSpec } {
  const titled = titledWith(title)
  const command = (verb: string): string => `${name}.${verb}`
  const press = (zh: string, en: string) =>
    notify(['secretary', 'member'], {
      zh: `{unit}${title.zh}${zh}`,
      en: `${title.en} of {unit}: ${en}`,
    })
  const work = {
    [command('report')]: { guard: 'knownItem', actions: 'recordProgress' },
    [command('talk')]: { target: 'talked', actions: 'recordTalk' },
  }
  const assess = {
    [command('peerAssess')]: { guard: 'firstOfPeer', actions: 'recordPeer' },
    [command('massesAssess')]: { guard: 'firstOfMasses', actions: 'recordMasses' },
  }
  const rate = { [command('rate')]: { target: 'rated', actions: 'recordStars' } }
  const late = { actions: 'recordWaiver', target: 'talked' }
  return {
    disclosing: { ...disclosing, onDone: 'carryingOut' },
    carryingOut: {
      meta: titled('践诺中', 'being kept'),
      tags: 'inForce',
      on: work,
      after: { talked: 'talkOverdue' },
    },
    talkOverdue: {
      meta: titled('述讲逾期', 'talk overdue'),
      tags: ['inForce', 'overdue'],
      entry: press('逾期未述讲', 'nobody has talked about it'),
      on: { ...work, [command('waive')]: late },
    },
    talked: {
      meta: titled('已述讲待评议', 'told, to be assessed'),
      tags: ['inForce', 'talked'],
      on: { 'assessment.opened': 'assessing' },
    },
    assessing: {
      meta: titled('评议中', 'being assessed'),
      tags: ['inForce', 'talked'],
      always: { guard: 'bothAssessed', target: 'rating' },
      on: assess,
      after: { assessed: 'rating' },
    },
    rating: {
      meta: titled('待评星', 'stars to be given'),
      tags: ['inForce', 'talked'],
      on: { ...assess, ...rate },
      after: { rated: 'ratingOverdue' },
    },
    ratingOverdue: {
      meta: titled('评星逾期', 'stars overdue'),
      tags: ['inForce', 'talked', 'overdue'],
      entry: press('逾期未评星', 'no stars have been given'),
      on: rate,
    },
    rated: {
      meta: titled('已评星', 'rated'),
      type: 'final',
      tags: ['inForce', 'talked', 'rated'],
      entry: tell('parent', `${name}.rated`, { of: 'context.of', stars: 'context.stars' }),
    },
  }
}
