/** Texts for the test of the search, written for it; `key` is the slug. */
export const SEARCH_TEXTS = [
  { lang: 'en', key: 'decrim', title: 'Decriminalisation of sex work', teaser: 'What changes when sex work is not a crime.', body: 'Sex work between adults was taken out of criminal law.[^1] The **ombuds**person said that *human* rights came first.[^2]\n\n[^1]: Annals.\n[^2]: Gazette.' },
  { lang: 'en', key: 'police', title: 'Police raid in Bogotá', teaser: 'Women were taken from their homes.', body: 'Police raided three houses. A sex worker says that officers took money. Sex work was not the reason given.' },
  { lang: 'en', key: 'register', title: 'Registers and health cards', teaser: 'Law 17.515 asks for a register.', body: 'Every sex worker must carry a card. Health examinations are free. Sex work outside the registers is fined.' },
  { lang: 'es', key: 'descrim', title: 'Descriminalización del trabajo sexual', teaser: 'Qué cambia cuando no es delito.', body: 'El trabajo sexual entre personas adultas salió del código penal. Los derechos humanos van primero.' },
  { lang: 'es', key: 'policia', title: 'La policía entró de noche', teaser: 'Hubo una detención sin orden.', body: 'Una trabajadora sexual cuenta que la detención duró dos días. El trabajo sexual no era la razón.' },
  { lang: 'es', key: 'registro', title: 'Registro y carné sanitario', teaser: 'La ley pide inscribirse cada año.', body: 'Las inspecciones son gratuitas. Cada trabajadora sexual lleva un carné. El trabajo sexual fuera del registro se multa.' },
  { lang: 'pt', key: 'descrim-pt', title: 'Descriminalização do trabalho sexual', teaser: 'O que muda quando não é crime.', body: 'O trabalho sexual entre pessoas adultas saiu da lei penal. Os direitos humanos vêm primeiro.' },
  { lang: 'pt', key: 'policia-pt', title: 'A polícia chegou à noite', teaser: 'Houve detenções sem mandado.', body: 'Uma trabalhadora sexual conta que esperou dois dias. O trabalho sexual não era a razão.' },
  { lang: 'fr', key: 'depenal-fr', title: 'Décriminalisation du travail du sexe', teaser: 'Ce que l’alliance demande.', body: 'Le travail du sexe entre adultes n’est plus une infraction. Les droits humains viennent d’abord.' },
  { lang: 'fr', key: 'police-fr', title: 'La police est venue la nuit', teaser: 'Des arrestations sans mandat au cœur de la ville.', body: 'Une travailleuse du sexe raconte deux jours d’attente. Le travail du sexe n’était pas la raison.' },
  { lang: 'ht', key: 'dwa', title: 'Dwa travayè sèks yo', teaser: 'Dekriminalizasyon travay sèks.', body: 'Travay sèks ant granmoun pa yon krim. Dwa moun an premye.' },
  { lang: 'ht', key: 'lapolis', title: 'Lapolis te vini lannwit', teaser: 'Yo te arete yon fanm.', body: 'Yon travayè sèks rakonte de jou li te pase ap tann.' },
]
