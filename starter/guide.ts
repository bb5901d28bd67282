// What the guide shows and says, step by step. The recording (tools/guide.ts), its captions and the transcript in the
// texts are made from this one list, so that they cannot tell different things.

export const GUIDE_LANGS = ['en', 'es', 'pt', 'fr', 'ht'] as const
export type GuideLang = (typeof GUIDE_LANGS)[number]
export type StepName = 'list' | 'count' | 'umbrella' | 'unsure' | 'filters' | 'kind' | 'chip' | 'region' | 'dates' | 'search' | 'languages' | 'feed'

export interface GuideStep {
  name: StepName
  /** In tenths at the finest: the film has ten pictures a second. */
  seconds: number
  says: Record<GuideLang, string>
}

export const PICTURES_A_SECOND = 10

export const GUIDE: GuideStep[] = [
  {
    name: 'list', seconds: 4, says: {
      en: 'This is the list. Every text of this site stands in it, the newest first.',
      es: 'Esta es la lista. Aquí están todos los textos del sitio, primero los más recientes.',
      pt: 'Esta é a lista. Aqui estão todos os textos do site, primeiro os mais recentes.',
      fr: 'Voici la liste. Tous les textes du site y sont, les plus récents d’abord.',
      ht: 'Men lis la. Tout tèks sit la ladan l, sa ki pi resan yo an premye.',
    },
  },
  {
    name: 'count', seconds: 3, says: {
      en: 'The number says how many texts the list holds.',
      es: 'El número dice cuántos textos hay en la lista.',
      pt: 'O número diz quantos textos há na lista.',
      fr: 'Le nombre dit combien de textes la liste contient.',
      ht: 'Chif la di konbyen tèks ki nan lis la.',
    },
  },
  {
    name: 'umbrella', seconds: 4, says: {
      en: 'The umbrella shows the date. It has twelve panels, one for each month.',
      es: 'El paraguas muestra la fecha. Tiene doce paneles, uno por mes.',
      pt: 'O guarda-chuva mostra a data. Tem doze gomos, um por mês.',
      fr: 'Le parapluie montre la date. Il a douze panneaux, un par mois.',
      ht: 'Parapli a montre dat la. Li gen douz moso, yon moso pou chak mwa.',
    },
  },
  {
    name: 'unsure', seconds: 5, says: {
      en: 'A dashed one: the date is not stated. The end of the list explains them all.',
      es: 'Con líneas cortadas, la fecha no está indicada. El final de la lista los explica todos.',
      pt: 'Tracejado, a data não foi informada. O fim da lista explica todos.',
      fr: 'En pointillés, la date n’est pas indiquée. La fin de la liste les explique tous.',
      ht: 'Si liy li yo koupe, dat la pa ekri. Anba lis la gen esplikasyon pou tout.',
    },
  },
  {
    name: 'filters', seconds: 4, says: {
      en: 'Tap “Filter” to see all that you can choose from.',
      es: 'Toca “Filtrar” para ver todo lo que puedes elegir.',
      pt: 'Toque em “Filtrar” para ver tudo o que você pode escolher.',
      fr: 'Touchez « Filtrer » pour voir tout ce que vous pouvez choisir.',
      ht: 'Peze « Filtre » pou wè tout sa ou ka chwazi.',
    },
  },
  {
    name: 'kind', seconds: 4, says: {
      en: 'Choose a kind, here news. The number says how many there are.',
      es: 'Elige un tipo, aquí noticia. El número dice cuántas hay.',
      pt: 'Escolha um tipo, aqui notícia. O número diz quantas há.',
      fr: 'Choisissez un type, ici actualité. Le nombre dit combien il y en a.',
      ht: 'Chwazi yon kalite, isit la nouvèl. Chif la di konbyen ki genyen.',
    },
  },
  {
    name: 'chip', seconds: 4, says: {
      en: 'What you chose stands above the list. Tap it to take it away.',
      es: 'Lo que elegiste está encima de la lista. Tócalo para quitarlo.',
      pt: 'O que você escolheu fica acima da lista. Toque para remover.',
      fr: 'Votre choix se trouve au-dessus de la liste. Touchez-le pour le retirer.',
      ht: 'Sa ou chwazi a parèt anwo lis la. Peze l pou retire l.',
    },
  },
  {
    name: 'region', seconds: 5, says: {
      en: 'Choose a country. Texts about a wider region come with it, and say so.',
      es: 'Elige un país. También salen textos sobre una región más amplia, y lo dicen.',
      pt: 'Escolha um país. Textos sobre uma região mais ampla vêm junto, e dizem isso.',
      fr: 'Choisissez un pays. Les textes sur une région plus large viennent aussi, et le disent.',
      ht: 'Chwazi yon peyi. Tèks sou yon rejyon ki pi laj vini tou, epi yo di sa.',
    },
  },
  {
    name: 'dates', seconds: 5, says: {
      en: 'For a span of time, write the first and the last date. A year is enough.',
      es: 'Para un período, escribe la primera y la última fecha. Basta con el año.',
      pt: 'Para um período, escreva a primeira e a última data. Basta o ano.',
      fr: 'Pour une période, écrivez la première et la dernière date. L’année suffit.',
      ht: 'Pou yon peryòd, ekri premye dat la ak dènye dat la. Ane a sifi.',
    },
  },
  {
    name: 'search', seconds: 4, says: {
      en: 'Or search for a word. The list shows where it stands.',
      es: 'O busca una palabra. La lista muestra dónde está.',
      pt: 'Ou busque uma palavra. A lista mostra onde ela está.',
      fr: 'Ou cherchez un mot. La liste montre où il se trouve.',
      ht: 'Oswa chèche yon mo. Lis la montre kote l ye.',
    },
  },
  {
    name: 'languages', seconds: 4, says: {
      en: 'Below each text stand its languages. Tap one to read the text in it.',
      es: 'Debajo de cada texto están sus idiomas. Toca uno para leer el texto así.',
      pt: 'Abaixo de cada texto estão seus idiomas. Toque em um para ler o texto nele.',
      fr: 'Sous chaque texte se trouvent ses langues. Touchez-en une pour le lire ainsi.',
      ht: 'Anba chak tèks gen lang li yo. Peze youn pou li tèks la nan lang sa a.',
    },
  },
  {
    name: 'feed', seconds: 4, says: {
      en: '“Follow this list” brings what is new to your feed reader. No e-mail address is asked for.',
      es: '“Seguir esta lista” lleva lo nuevo a tu lector de RSS. No se pide tu correo.',
      pt: '“Seguir esta lista” leva o que é novo ao seu leitor de RSS. Seu e-mail não é pedido.',
      fr: '« Suivre cette liste » apporte les nouveautés à votre lecteur RSS, sans demander d’adresse.',
      ht: '« Swiv lis sa a » voye sa ki nouvo nan lektè RSS ou. Yo pa mande imèl ou.',
    },
  },
]

export const guideSeconds = GUIDE.reduce((sum, { seconds }) => sum + seconds, 0)

const clock = (seconds: number) => `00:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(3).padStart(6, '0')}`

/** WebVTT. A cue ends as the next begins: the words change with the picture. */
export function guideCaptions(lang: GuideLang): string {
  let at = 0
  const cues = GUIDE.map(({ seconds, says }) => `${clock(at)} --> ${clock((at += seconds))}\n${says[lang]}\n`)
  return ['WEBVTT\n', ...cues].join('\n')
}
