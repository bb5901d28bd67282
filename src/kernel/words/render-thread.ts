import { answerQuestions } from '#kernel/threads/answering.ts'
import { render } from '#kernel/words/render.ts'
import type { Lang } from '#kernel/language/language.ts'

answerQuestions(({ markdown, lang }: { markdown: string; lang: Lang }) => render(markdown, lang))
