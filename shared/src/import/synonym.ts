import type { MappingKind } from './field.js';

/** What a column is looked for as: fields, and what several fields are made of. */
export type Meaning = string;

const words = (text: string): readonly string[] =>
  text
    .replaceAll(/\s+/g, ' ')
    .split(',')
    .map((word) => word.trim());

/** What the number of somebody on the staff is called. */
export const staffNumbers = words(`
  matricule, code vendeur, code commercial, employee id, employee number, staff id, staff number
`);

/** What columns are called, in French and English; without accents, signs and capitals. */
export const synonyms: Record<MappingKind, Record<Meaning, readonly string[]>> = {
  activities: {
    identity: words(`
      id, identifiant, numero, n, no, num, reference, ref, code, uid, opportunity, opportunity id,
      opportunite, id opportunite, affaire, deal id, order, order id, order number, commande,
      numero de commande, n commande, facture, numero de facture, n facture, invoice, invoice
      number, ticket, devis, numero de devis, bon de commande, contrat, numero de contrat
    `),
    member: words(`
      commercial, commerciale, vendeur, vendeuse, conseiller, conseillere, representant, charge d
      affaires, technico commercial, collaborateur, matricule, code vendeur, responsable,
      proprietaire, utilisateur, employe, apporteur, sales agent, sales rep, sales representative,
      salesperson, seller, agent, rep, owner, owner email, account manager, employee, employee id,
      user
    `),
    occurredAt: words(`
      date, jour, le, date de vente, date vente, date de cloture, date cloture, date de facture,
      date facture, date de commande, date commande, cloture, date de signature, date signature,
      date de fin, mois, day, month, close date, closed, closed at, closed on, closing date, sale
      date, order date, invoice date, signed, signed at, signature date
    `),
    openedAt: words(`
      date d ouverture, date ouverture, ouverture, date de creation, date creation, creation, cree
      le, date de debut, date debut, date d entree, engage date, opened, opened at, open date,
      created, created at, created on, create date, creation date, start date
    `),
    amount: words(`
      montant, montant ht, montant net, ca, ca ht, ca realise, ca cumule, chiffre d affaires,
      total, total ht, valeur, prix, prix ht, net, net ht, amount, net amount, value, close value,
      deal value, revenue, turnover, price, sales amount, order value
    `),
    quantity: words('quantite, qte, unites, nombre, nb, quantity, qty, units'),
    product: words(`
      produit, article, designation, libelle produit, reference produit, sku, product, product
      name, item
    `),
    customer: words(`
      client, nom client, nom du client, code client, societe, raison sociale, compte, entreprise,
      prospect, customer, customer name, account, company
    `),
    channel: words('canal, canal de vente, origine, channel, sales channel'),
    campaign: words('campagne, operation, campaign'),
    site: words('site, agence, magasin, point de vente, etablissement, store, shop, branch'),
    region: words('region, zone, secteur, territoire, departement, territory, area'),
    segment: words('segment, categorie client, type de client, customer segment, industry'),
    currency: words('devise, monnaie, currency'),
    stage: words(`
      statut, etat, etape, phase, resultat, issue, stage, deal stage, status, outcome, result
    `),
  },
  members: {
    externalId: words(`
      matricule, identifiant, id, code, numero, n, ref, reference, code vendeur, employee id,
      employee number, external id, staff id
    `),
    email: words(`
      email, e mail, mail, courriel, adresse mail, adresse e mail, adresse email, email address,
      owner email
    `),
    name: words(`
      nom complet, nom et prenom, nom prenom, prenom nom, prenom et nom, commercial, vendeur,
      vendeuse, conseiller, collaborateur, employe, salarie, name, full name, sales agent, sales
      rep, salesperson, employee, agent, rep, owner
    `),
    first: words('prenom, first name, firstname, given name'),
    last: words('nom, nom de famille, last name, lastname, surname, family name'),
    roles: words('role, roles, profil, droits'),
    team: words('equipe, agence, team, agency, branch, groupe, service'),
    teamParent: words('region, direction, division, zone, regional office, area'),
    manager: words(`
      manager, responsable, chef d equipe, chef d agence, chef des ventes, superieur, n 1, encadrant,
      team leader, supervisor, sales manager
    `),
    enteredOn: words(`
      date d entree, entree, date d embauche, embauche, date d arrivee, arrivee, hire date, start date,
      entry date, joined, joined on
    `),
    leftOn: words('left on, sorti le'),
  },
  targets: {
    member: words(`
      commercial, vendeur, conseiller, matricule, collaborateur, email, e mail, sales agent, sales rep,
      salesperson, agent, rep, owner, employee
    `),
    team: words('equipe, agence, team, agency, branch'),
    period: words('periode, mois, trimestre, annee, period, month, quarter, year'),
    kpi: words('indicateur, kpi, mesure, measure, metric'),
    value: words('objectif, cible, valeur, montant, quota, target, goal, value, amount'),
  },
};

/** What the end of a deal is called. */
export const stages: Record<string, readonly string[]> = {
  'deal.won': words(`
    won, closed won, win, gagne, gagnee, signe, signee, vendu, vendue, conclu, conclue, facture,
    facturee, accepte, acceptee, commande
  `),
  'deal.lost': words(`
    lost, closed lost, perdu, perdue, refuse, refusee, abandonne, abandonnee, sans suite,
    declined, rejected
  `),
};
