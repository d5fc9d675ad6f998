// Fills in forms as the author of a campaign says that people do, where the author says so.
import type { SampleForms } from '@duban/definitions'
import type { Json } from '@duban/engine'
import type { FillForm } from './blindly.ts'
import type { Person } from './client.ts'
import { fillIn } from './fillIn.ts'

type Facts = Parameters<SampleForms[string]>[0]['facts']
type Campaign = Omit<Facts, 'organiser' | 'units'> & { organiser: string; units: { id: string }[] }
type Unit = Facts['units'][number]
type Page<Item> = { items: Item[]; next: string | null }

const CHOICES = 3

/**
 * The sample form of a command first, then the plainest payload: a sample form may be for a case that is not this one.
 * `pick` takes the first choice at the first turn, the second at the next, and the next ones when the first was
 * refused: the same play each time.
 *
 * @param now the instant that the server's clock shows
 */
export function withSampleForms(sampleForms: SampleForms, facts: Facts, now: () => Promise<string>): FillForm {
  return async ({ person, task, shown: { context, unit }, schema, turn }) => {
    const plain = fillIn(schema) as Json
    const sampleForm = sampleForms[task.command]
    if (!sampleForm) return [plain]
    const at = new Date(await now()).toISOString()
    const forms = Array.from({ length: CHOICES }, (_, n) => {
      const pick = <T>(from: readonly T[]): T => from[(turn + n) % from.length] as T
      return sampleForm({ context, unit, facts, by: person, at, payload: plain, pick })
    })
    const texts = new Set(forms.map((form) => JSON.stringify(form)))
    return [...[...texts].map((text): unknown => JSON.parse(text)), plain]
  }
}

/** A campaign's facts, as its definition sees them: what the API says of it, and where its units belong. */
export async function factsOf(auditor: Pick<Person, 'get'>, id: string): Promise<Facts> {
  const shown = await auditor.get<Campaign>(`/api/campaigns/${id}`)
  const { definition, title, startsOn, timezone, calendar, dates } = shown
  const known = new Map<string, Unit>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Page<Unit> = await auditor.get(`/api/units?limit=500${query}`)
    for (const unit of page.items) known.set(unit.id, unit)
    cursor = page.next
  }
  const unitOf = (unit: string): Unit => {
    const found = known.get(unit)
    if (!found) throw new Error(`${unit} takes part, and is no unit`)
    return { id: found.id, title: found.title, path: found.path }
  }
  return {
    id,
    definition,
    title,
    startsOn,
    timezone,
    calendar,
    dates,
    organiser: { unit: shown.organiser, path: unitOf(shown.organiser).path },
    units: shown.units.map((unit) => unitOf(unit.id)),
  }
}
