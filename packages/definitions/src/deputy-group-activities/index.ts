import type { Entry } from '../catalogue.ts'
import { sessionSampleForms } from '@duban/kit'
import { demo } from './demo.ts'
import { deputyGroupActivities } from './v1.ts'
import type { Contact } from './v1/payloads.ts'

export const entry: Entry = {
  definition: deputyGroupActivities,
  demo,
  sampleForms: {
    ...sessionSampleForms('first'),
    ...sessionSampleForms('second'),
    'deputies.list': ({ payload }) => ({
      deputies: [...new Set((payload as { deputies: { person: string }[] }).deputies.map((one) => one.person))].map(
        (person) => ({ person }),
      ),
    }),
    'deputy.reportHelp': ({ context, payload }) => {
      const { contacts } = context as { contacts: Contact[] }
      return contacts.length < 3
        ? payload
        : { help: contacts.map(({ name }) => ({ name, given: '走访慰问,帮助办理低保。' })) }
    },
  },
}
