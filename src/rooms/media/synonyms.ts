import type { UiLang } from '#kernel/language/language.ts'

/**
 * Words that readers type, by the house's words for the same (docs/words.md, sections 2 and 3). They lead there without
 * being printed anywhere. Written bare: small letters, no accents.
 */
const LEADS_TO: Record<UiLang, [house: string, ...typed: string[]][]> = {
  en: [
    ['sex work', 'prostitution', 'sexwork', 'whoring'],
    ['sex worker', 'prostitute', 'prostitutes', 'prostituted', 'hooker', 'hookers', 'whore', 'whores', 'sexworker', 'sexworkers', 'callgirl', 'escort', 'escorts'],
    ['third parties', 'pimp', 'pimps', 'pimping', 'procurer', 'procurers'],
    ['client', 'john', 'johns', 'punter', 'punters', 'buyer', 'buyers'],
    ['decriminalisation', 'decriminalization', 'decriminalise', 'decriminalize', 'legalisation', 'legalization'],
    ['criminalisation', 'criminalization', 'criminalise', 'criminalize'],
    ['client criminalisation', 'nordic', 'swedish'],
    ['premises', 'brothel', 'brothels'],
    ['HIV', 'aids'],
    ['STI', 'std', 'stds', 'venereal'],
    ['organisation', 'organization', 'organizations', 'organisations', 'ngo', 'ngos'],
    ['labour', 'labor'],
  ],
  es: [
    ['trabajo sexual', 'prostitucion', 'prostituciones', 'meretricio', 'puteria'],
    ['trabajadora sexual', 'prostituta', 'prostitutas', 'prostituto', 'prostitutos', 'puta', 'putas', 'sexoservidora', 'sexoservidoras', 'meretriz', 'meretrices', 'ramera'],
    ['terceras personas', 'proxeneta', 'proxenetas', 'proxenetismo', 'padrote', 'padrotes', 'rufian', 'rufianismo', 'chulo'],
    ['cliente', 'putero', 'puteros', 'prostituyente', 'prostituyentes'],
    ['descriminalización', 'despenalizacion', 'despenalizar', 'legalizacion', 'legalizar'],
    ['criminalización', 'penalizacion', 'penalizar'],
    ['local', 'prostibulo', 'prostibulos', 'burdel', 'burdeles'],
    ['VIH', 'sida', 'hiv'],
    ['ITS', 'ets', 'venereas'],
    ['Latinoamérica', 'iberoamerica', 'sudamerica', 'latam'],
  ],
  pt: [
    ['trabalho sexual', 'prostituicao', 'prostituicoes', 'meretricio'],
    ['trabalhadora sexual', 'prostituta', 'prostitutas', 'puta', 'putas', 'meretriz'],
    ['terceiras pessoas', 'cafetao', 'cafetina', 'rufiao', 'rufianismo', 'proxeneta', 'proxenetismo'],
    ['cliente', 'putanheiro', 'putanheiros'],
    ['descriminalização', 'despenalizacao', 'despenalizar', 'legalizacao', 'legalizar'],
    ['criminalização', 'penalizacao'],
    ['HIV', 'aids', 'vih'],
    ['IST', 'dst', 'dsts'],
  ],
  fr: [
    ['travail du sexe', 'prostitution', 'prostitutions'],
    ['travailleuse du sexe', 'prostituee', 'prostituees', 'prostitue', 'prostitues', 'pute', 'putes', 'tds'],
    ['tierces personnes', 'proxenete', 'proxenetes', 'proxenetisme', 'souteneur', 'souteneurs', 'maquereau'],
    ['client', 'prostitueur', 'prostitueurs'],
    ['décriminalisation', 'depenalisation', 'depenaliser', 'legalisation', 'legaliser'],
    ['criminalisation', 'penalisation', 'penaliser'],
    ['lieu de travail', 'bordel', 'bordels'],
    ['VIH', 'sida', 'hiv'],
    ['IST', 'mst'],
  ],
  ht: [
    ['travay sèks', 'pwostitisyon'],
    ['travayè sèks', 'pwostitye', 'bouzen', 'ps'],
    ['twazyèm moun', 'makwo', 'makwel', 'pwosenetis', 'pwosenet'],
    ['dekriminalizasyon', 'depenalizasyon', 'legalizasyon'],
    ['VIH', 'sida'],
  ],
}

const byWord = new Map(Object.entries(LEADS_TO).map(([lang, groups]) => {
  const led = new Map<string, string[]>()
  for (const [house, ...typed] of groups) for (const word of typed) led.set(word, [...(led.get(word) ?? []), house])
  return [lang, led] as const
}))

/** The house's words for a bare word that somebody typed. */
export const houseWordsFor = (lang: string, bare: string): readonly string[] => byWord.get(lang.split('-')[0]!)?.get(bare) ?? []
