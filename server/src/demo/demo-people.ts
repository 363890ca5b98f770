/** The sales force of the demo: name and agency. */
export const demoPeople = [
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
] as const;

export const demoProducts = [
  { product: 'Pompe à chaleur', from: 9_000, to: 16_000 },
  { product: 'Isolation des combles', from: 2_500, to: 7_000 },
  { product: 'Fenêtres', from: 3_000, to: 11_000 },
  { product: 'Chauffe-eau solaire', from: 4_000, to: 8_000 },
] as const;

export const demoRegions = ['Bretagne', 'Rhône-Alpes', 'Hauts-de-France'] as const;
