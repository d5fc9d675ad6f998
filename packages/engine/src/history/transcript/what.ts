import type { Definition } from '../../definition/compiled.ts'
import type { Watch } from '../../definition/tally.ts'
import { acts } from '../../run/acts.ts'
import { parseReminder } from '../../calendar/rule.ts'
import type { ActEvent, Actor } from '../../campaign/event.ts'
import type { Assignment, CampaignFacts } from '../../campaign/instance.ts'
import type { Json } from '../../data/json.ts'
import { getOwn } from '../../data/getOwn.ts'
import { builtInTitles } from '../../definition/roles.ts'
import { readTally } from '../../definition/tally.ts'
import type { Locale, Text } from '../../data/text.ts'
import { readTimer } from '../../run/timers.ts'
import type { Transition } from '../../run/transition.ts'
import type { Cast } from './cast.ts'

export type Telling = {
  definition: Definition
  campaign: CampaignFacts
  cast: Cast
  locale: Locale
  nameOf: (person: string) => string
}

/** What came in, and from whom: `〔报送〕 张三(经办人)`. */
export function whatHappened(telling: Telling, { event }: Transition): string {
  const { definition, locale } = telling
  switch (event.type) {
    case 'open': {
      const word = event.cause ? { zh: '〔开始〕', en: '[begins]' } : { zh: '〔启动〕', en: '[started]' }
      return said(word[locale], event.actor && actorText(telling, event.actor))
    }
    case 'command': {
      const title = getOwn(definition.commands, event.command)?.title[locale] ?? event.command
      const because = reasonText(event.payload, locale)
      const by = [actorText(telling, event.actor), ...because].join({ zh: '：', en: ': ' }[locale])
      return said(bracketed(title, locale), by)
    }
    case 'deadline':
      return timerText(telling, event.timer)
    case 'message':
      return messageText(telling, event.message)
    case 'act':
      return actText(telling, event)
  }
}

function timerText({ definition, locale }: Telling, timer: string): string {
  const { date } = readTimer(timer)
  const spec = getOwn(definition.dates, date)
  const { zh, en } = spec?.title ?? { zh: date, en: date }
  const offset = timer.includes(' ') ? timer.slice(timer.indexOf(' ') + 1) : undefined
  if (offset !== undefined) {
    const ahead = offsetText(offset)
    return { zh: `〔提醒〕${zh}（${ahead.zh}）`, en: `[reminder] ${en} (${ahead.en})` }[locale]
  }
  return spec?.at === 'start of day'
    ? { zh: `〔时间〕${zh}之日已到`, en: `[time] ${en} has come` }[locale]
    : { zh: `〔期限〕${zh}到期`, en: `[deadline] ${en} is due` }[locale]
}

const units: { readonly [unit: string]: Text } = {
  days: { zh: '天', en: 'day' },
  workdays: { zh: '个工作日', en: 'workday' },
  weeks: { zh: '周', en: 'week' },
  months: { zh: '个月', en: 'month' },
}

function offsetText(offset: string): Text {
  const read = parseReminder(offset)
  if ('problem' in read) return { zh: offset, en: offset }
  const n = -read.ok.count
  const { zh, en } = units[read.ok.unit] ?? { zh: '', en: '' }
  return { zh: `提前 ${n} ${zh}`, en: `${n} ${en}${n === 1 ? '' : 's'} ahead` }
}

/** Tallies have no title of their own: they are told by the states that count. */
function messageText({ definition, locale }: Telling, message: string): string {
  const tally = readTally(message)
  if (!tally) {
    const title = getOwn(definition.messages, message)?.title[locale] ?? message
    return locale === 'zh' ? `〔消息〕${title}` : `[message] ${title}`
  }
  const kind = getOwn(definition.kinds, tally.kind)
  const counting = (kind?.states ?? []).filter(({ spec }) => [spec.tags ?? []].flat().includes(tally.tag))
  const titles = [...new Set(counting.flatMap(({ spec }) => spec.meta?.title[locale] ?? []))]
  const children = kind?.title[locale] ?? tally.kind
  const share = shareText(tally.need)[locale]
  return locale === 'zh'
    ? `〔汇总〕${share}${children}已达到“${titles.join('”或“')}”`
    : `[tally] ${share} «${children}» has come to «${titles.join('» or «')}»`
}

function shareText(need: Watch['need']): Text {
  if ('every' in need) return { zh: '全部', en: 'every' }
  const least = 'count' in need ? need.count : `${need.percent}%`
  return { zh: `至少 ${least} ${'count' in need ? '个' : '的'}`, en: `at least ${least}` }
}

function actText(telling: Telling, event: ActEvent): string {
  const { locale } = telling
  const title = getOwn(acts, event.act)?.title[locale] ?? event.act
  const from = event.actor ? actorText(telling, event.actor) : { zh: '随上级', en: 'from above' }[locale]
  const by = event.act === 'campaign.close' ? [] : [from]
  const details = [...detailsOf(telling, event), ...reasonText(event.payload, locale)]
  const because = details.length === 0 ? [] : [details.join({ zh: '，', en: ', ' }[locale])]
  return said(bracketed(title, locale), [...by, ...because].join({ zh: '：', en: ': ' }[locale]))
}

/** By convention a payload that must give a reason calls it `reason`. */
function reasonText(payload: Json, locale: Locale): string[] {
  const given = typeof payload === 'object' && payload !== null && !Array.isArray(payload)
  const reason = given ? payload['reason'] : undefined
  return typeof reason === 'string' ? [{ zh: `理由：${reason}`, en: `reason: ${reason}` }[locale]] : []
}

/** Which dates were moved to which day; who was given which role, or lost it. */
function detailsOf(telling: Telling, { act, payload }: ActEvent): string[] {
  const { definition, cast, locale } = telling
  switch (act) {
    case 'campaign.extend':
      return Object.entries((payload['dates'] ?? {}) as { [date: string]: string }).map(([date, on]) => {
        const { zh, en } = getOwn(definition.dates, date)?.title ?? { zh: date, en: date }
        return { zh: `“${zh}”延至 ${on}`, en: `«${en}» moved to ${on}` }[locale]
      })
    case 'campaign.migrate': {
      const { title, version } = definition
      return [{ zh: `《${title.zh}》第 ${version} 版`, en: `«${title.en}», version ${version}` }[locale]]
    }
    case 'assignment.grant':
      return [assignmentText(telling, payload['assignment'] as unknown as Assignment)]
    case 'assignment.revoke': {
      const id = payload['assignment'] as Json
      const known = typeof id === 'string' ? cast.assignment(id) : undefined
      return known ? [assignmentText(telling, known)] : []
    }
    default:
      return []
  }
}

function assignmentText(telling: Telling, { person, role, unit, onBehalfOf }: Assignment): string {
  const { definition, campaign, locale, nameOf } = telling
  const title = getOwn(definition.roles, role)?.title[locale] ?? role
  const where = campaign.units.find(({ id }) => id === unit)?.title[locale] ?? unit
  if (locale === 'zh') {
    const behalf = onBehalfOf ? `，代${nameOf(onBehalfOf.person)}` : ''
    return `${nameOf(person)}任${where ?? ''}${title}${behalf}`
  }
  const behalf = onBehalfOf ? `, for ${nameOf(onBehalfOf.person)}` : ''
  return `${nameOf(person)} as ${title}${where === undefined ? '' : ` of ${where}`}${behalf}`
}

function actorText(
  { definition, locale, nameOf }: Telling,
  { person, authority: { role, onBehalfOf } }: Actor,
): string {
  const title = getOwn(definition.roles, role)?.title[locale] ?? getOwn(builtInTitles, role)?.[locale] ?? role
  if (locale === 'zh') {
    const behalf = onBehalfOf === undefined ? '' : `，代${nameOf(onBehalfOf)}`
    return `${nameOf(person)}（${title}${behalf}）`
  }
  const behalf = onBehalfOf === undefined ? '' : `, for ${nameOf(onBehalfOf)}`
  return `${nameOf(person)} (${title}${behalf})`
}

function bracketed(title: string, locale: Locale): string {
  return locale === 'zh' ? `〔${title}〕` : `[${title}]`
}

function said(what: string, by: string | undefined): string {
  return by === undefined || by === '' ? what : `${what} ${by}`
}
