import { m } from '#kernel/language/m.ts'
import type { PageTextKey } from '#kernel/site/site.ts'

const NAMES: Record<PageTextKey, typeof m.foot_about> = { about: m.foot_about, privacy: m.foot_privacy, accessibility: m.foot_accessibility, press: m.press_about }

export const pageName = (key: PageTextKey, lang: string): string => NAMES[key]({}, { locale: lang as 'en' })
