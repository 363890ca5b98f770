/** Who works at Maison Durable: the names come first to last, so that a smaller demo has the first. */
export const demoReps = [
  'Léa Fontaine',
  'Inès Marchand',
  'Thomas Le Goff',
  'Karim Benali',
  'Hugo Pereira',
  'Maëlle Caron',
  'Yanis Haddad',
  'Camille Roussel',
  'Élodie Lambert',
  'Mathieu Girard',
  'Sofia Nunes',
  'Antoine Delattre',
  'Chloé Vasseur',
  'Mehdi Amrani',
  'Julie Kermarrec',
  'Nicolas Ferrand',
  'Aïcha Diallo',
  'Romain Teyssier',
  'Clara Hoffmann',
  'Baptiste Morvan',
  'Nadia Cherif',
  'Guillaume Œuvrard',
  'Sarah Lévêque',
  'Vincent Castaing',
  'Pauline Guérin',
  'Samuel Okafor',
  'Manon Besson',
  'Florian Duchêne',
  'Leïla Mansouri',
  'Adrien Poulain',
  'Margaux Vidal',
  'Bastien Rolland',
  'Anaïs Lefort',
  'Ousmane Traoré',
  'Lucie Chevrier',
  'Damien Prigent',
  'Eva Lindqvist',
  'Fabien Marty',
  'Noémie Salomé',
  'Tristan Bourdon',
  'Carla Ferreira',
  'Ludovic Hamel',
  'Marion Texier',
  'Rachid Ziani',
  'Solène Le Bihan',
  'Arnaud Pelletier',
  'Jade Montagne',
  'Corentin Autret',
] as const;

export const demoRegions = [
  { name: 'Région Ouest', label: 'Ouest', director: 'Philippe Garnier' },
  { name: 'Région Sud-Est', label: 'Sud-Est', director: 'Isabelle Perrin' },
  { name: 'Région Nord-Est', label: 'Nord-Est', director: 'Marc Vandamme' },
] as const;

/** The agencies, each below a region; the first two have one manager together. */
export const demoAgencies = [
  { town: 'Rennes', region: 0, chief: 'Claire Aubry' },
  { town: 'Lyon', region: 1, chief: 'David Moreau' },
  { town: 'Lille', region: 2, chief: 'Hélène Dubois' },
  { town: 'Brest', region: 0, chief: 'Claire Aubry' },
  { town: 'Grenoble', region: 1, chief: 'Olivier Blanc' },
  { town: 'Nantes', region: 0, chief: 'Sandrine Riou' },
  { town: 'Marseille', region: 1, chief: 'Farid Belkacem' },
  { town: 'Strasbourg', region: 2, chief: 'Anne Schmitt' },
] as const;

const letters = (name: string) =>
  name
    .replace('Œ', 'Oe')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(' ')
    .map((word) => word.replaceAll(/[^a-z]/g, ''));

/** `Léa Fontaine` writes from `lea.fontaine@maison-durable.example`. */
export function demoEmail(name: string): string {
  const [first = '', ...rest] = letters(name);
  return `${first}.${rest.join('')}@maison-durable.example`;
}

export const agencyName = (town: string) => `Agence de ${town}`;

/** The names of the agencies of the manager who may be looked at. */
export const managerAgencies = (): string[] =>
  demoAgencies
    .filter(({ chief }) => chief === demoAgencies[0].chief)
    .map(({ town }) => agencyName(town));
