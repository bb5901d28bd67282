import type { Lang } from '#kernel/language/language.ts'
import { m } from '#kernel/language/m.ts'
import type { Kind } from '#rooms/media/item.ts'

const NAMES = {
  statement: m.item_kind_statement, press_release: m.item_kind_press_release, news: m.item_kind_news, report: m.item_kind_report,
  event: m.item_kind_event, video: m.item_kind_video, call: m.item_kind_call, alert: m.item_kind_alert, letter: m.item_kind_letter,
}

export const kindName = (kind: Kind, lang: Lang): string => NAMES[kind]({}, { locale: lang as 'en' })
