import type { Tx } from '../platform/database.js';

export interface PersonRow {
  id: string;
  email: string;
  passwordHash: string | null;
  operator: boolean;
}

const columns = 'id, email, password_hash as "passwordHash", operator';

export async function findPerson(tx: Tx, email: string): Promise<PersonRow | undefined> {
  return tx.one<PersonRow>(`select ${columns} from person where email = $1`, [email]);
}

export async function emailOf(tx: Tx, id: string): Promise<string | undefined> {
  return (await tx.one<{ email: string }>('select email from person where id = $1', [id]))?.email;
}

/** The same, and nobody changes them until the transaction ends. */
export async function lockPerson(tx: Tx, email: string): Promise<PersonRow | undefined> {
  return tx.one<PersonRow>(`select ${columns} from person where email = $1 for update`, [email]);
}

/** The person of an e-mail, made when there is none, and locked. */
export async function personOf(
  tx: Tx,
  offered: { id: string; email: string },
  now: Date,
): Promise<PersonRow> {
  await tx.rows(
    `insert into person (id, email, created_at) values ($1, $2, $3)
     on conflict (email) do nothing`,
    [offered.id, offered.email, now],
  );
  const person = await lockPerson(tx, offered.email);
  if (!person) throw new Error('a person has vanished');
  return person;
}

export async function setPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.rows('update person set password_hash = $2 where id = $1', [id, passwordHash]);
}

export async function setOperator(tx: Tx, id: string): Promise<void> {
  await tx.rows('update person set operator = true where id = $1', [id]);
}

/** True for an operator, and for whoever is a member elsewhere too. */
export async function opensMore(
  tx: Tx,
  personId: string,
  organisationId: string,
): Promise<boolean> {
  const row = await tx.one<{ more: boolean }>(
    `select p.operator or exists (
       select from member m where m.person_id = p.id and m.organisation_id <> $2) as more
     from person p where p.id = $1`,
    [personId, organisationId],
  );
  return row?.more ?? true;
}

export interface EntrantRow {
  memberId: string;
  email: string;
  personId: string | null;
  demo: boolean;
}

/** A member as somebody who may enter; locked, so that nobody else lets them in meanwhile. */
export async function lockEntrant(
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<(Omit<EntrantRow, 'email'> & { email: string | null }) | undefined> {
  return tx.one(
    `select m.id as "memberId", m.email, m.person_id as "personId", o.demo
     from member m join organisation o on o.id = m.organisation_id
     where m.organisation_id = $1 and m.id = $2 for update of m`,
    [organisationId, memberId],
  );
}

export async function memberEmail(
  tx: Tx,
  organisationId: string,
  memberId: string,
): Promise<string | null | undefined> {
  const row = await tx.one<{ email: string | null }>(
    'select email from member where organisation_id = $1 and id = $2',
    [organisationId, memberId],
  );
  return row?.email;
}

/** From now on the person may enter as this member. */
export async function admit(
  tx: Tx,
  organisationId: string,
  memberId: string,
  personId: string,
): Promise<void> {
  await tx.rows('update member set person_id = $3 where organisation_id = $1 and id = $2', [
    organisationId,
    memberId,
    personId,
  ]);
}

/** From now on the person enters as nobody. */
export async function expel(tx: Tx, personId: string): Promise<void> {
  await tx.rows('update member set person_id = null where person_id = $1', [personId]);
}

/** The e-mail of a person, the names of their members and of the organisations of these. */
export async function calledOf(tx: Tx, personId: string): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>(
    `select email as name from person where id = $1
     union select unnest(array[m.name, o.name]) from member m
       join organisation o on o.id = m.organisation_id where m.person_id = $1`,
    [personId],
  );
  return rows.map(({ name }) => name);
}

export async function placesOf(
  tx: Tx,
  personId: string,
): Promise<{ organisationId: string; memberId: string }[]> {
  return tx.rows<{ organisationId: string; memberId: string }>(
    `select organisation_id as "organisationId", id as "memberId" from member
     where person_id = $1 order by organisation_id`,
    [personId],
  );
}
