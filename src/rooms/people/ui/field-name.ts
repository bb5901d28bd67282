import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { Field } from '#rooms/people/organisation.ts'

const NAMES = {
  human_rights: m.field_human_rights, sexual_reproductive_health: m.field_sexual_reproductive_health, hiv: m.field_hiv,
  harm_reduction: m.field_harm_reduction, lgbtiq: m.field_lgbtiq, digital_rights: m.field_digital_rights,
  anti_trafficking: m.field_anti_trafficking, migration: m.field_migration, racial_justice: m.field_racial_justice,
  sex_work: m.field_sex_work, labour_rights: m.field_labour_rights, trans_rights: m.field_trans_rights,
} satisfies Record<Field, unknown>

export const fieldName = (field: Field, lang: Lang): string => NAMES[field]({}, { locale: lang as 'en' })
