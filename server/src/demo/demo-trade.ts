import type { Chance } from './chance.js';

interface Product {
  product: string;
  /** Prices in euros, and the part of them that it costs. */
  from: number;
  to: number;
  cost: number;
  share: number;
}

const PRODUCTS: readonly Product[] = [
  { product: 'Pompe à chaleur', from: 9_000, to: 16_000, cost: 0.66, share: 0.26 },
  { product: 'Isolation des combles', from: 2_500, to: 7_000, cost: 0.58, share: 0.24 },
  { product: 'Fenêtres', from: 3_000, to: 11_000, cost: 0.62, share: 0.2 },
  { product: 'Chauffe-eau solaire', from: 4_000, to: 8_000, cost: 0.6, share: 0.14 },
  { product: 'Panneaux photovoltaïques', from: 7_500, to: 15_000, cost: 0.68, share: 0.1 },
  { product: 'Contrat d’entretien', from: 180, to: 420, cost: 0.35, share: 0.06 },
];
export const heatPump = 'Pompe à chaleur';
export const windows = 'Fenêtres';
export const solar = ['Chauffe-eau solaire', 'Panneaux photovoltaïques'];

const CHANNELS = ['terrain', 'terrain', 'terrain', 'téléphone', 'web', 'partenaire'] as const;
export const CAMPAIGNS = ['Salon de l’habitat', 'Google Ads', 'Parrainage', 'Courrier'] as const;
const SEGMENTS = ['particulier', 'particulier', 'particulier', 'copropriété', 'tertiaire'] as const;
const NAMES = `Martin Bernard Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefèvre
  Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Rousseau Vincent Muller
  Faure Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin
  Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie
  Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard
  Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard`.split(
  /\s+/,
);

export interface Line {
  product: string;
  quantity: number;
  amount: string;
  cost: string;
}

function productOf(chance: Chance): Product {
  let rest = chance.next();
  return PRODUCTS.find(({ share }) => (rest -= share) < 0) ?? (PRODUCTS[0] as Product);
}

const euros = (value: number) => String(Math.round(value / 10) * 10);

/** What is bought: one thing, sometimes two. */
export function linesOf(chance: Chance): Line[] {
  const products = new Set([productOf(chance)]);
  if (chance.happens(0.22)) products.add(productOf(chance));
  return [...products].map(({ product, from, to, cost }) => {
    const amount = from + chance.next() * (to - from);
    return {
      product,
      quantity: product === windows ? chance.between(2, 9) : 1,
      amount: euros(amount),
      cost: euros(amount * cost * (0.95 + 0.1 * chance.next())),
    };
  });
}

export const amountOf = (lines: readonly Line[]) =>
  lines.reduce((sum, { amount }) => sum + Number(amount), 0);

/** Where a deal comes from; it keeps this to its end. */
export function originOf(chance: Chance) {
  const channel = chance.pick(CHANNELS);
  const campaign = chance.happens(0.45) ? chance.pick(CAMPAIGNS) : undefined;
  return { channel, campaign, segment: chance.pick(SEGMENTS) };
}

export function customerOf(chance: Chance, segment: string, town: string): string {
  const name = chance.pick(NAMES);
  const street = chance.between(1, 98);
  if (segment === 'copropriété') return `Copropriété ${name}, ${town} (${street})`;
  if (segment === 'tertiaire') return `Établissements ${name}, ${town} (${street})`;
  return `${chance.pick(['M.', 'Mme', 'Famille'])} ${name}, ${town} (${street})`;
}
