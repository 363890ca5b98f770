import { Injectable } from '@nestjs/common';
import {
  mayTimeCertify,
  signingOf,
  verdictOf,
  type Matter,
  type Signer,
  type Signing,
  type Verdict,
} from '@palmares/shared/challenge/signature';
import type { WaitsFor } from '@palmares/shared/challenge/signing';
import { ProblemError } from '../http/problem-error.js';
import { needCounting } from '../people/needs-counting.js';
import { PeopleService } from '../people/people.service.js';
import { ProvenanceService } from '../people/provenance.service.js';
import type { Tx } from '../platform/database.js';
import { AuthorService } from './author.service.js';
import { LineupService } from './lineup.service.js';
import { ParticipantService } from './participant.service.js';
import * as scoreStore from './score.store.js';
import type { RunningChallenge } from './scoring.js';
import * as store from './signer.store.js';
import { SteeringService } from './steering.service.js';

const MEMBER = 'member:';

/** A challenge to be signed; `version` is null before its launch. */
export interface Signable {
  row: { version: number | null };
  challenge: RunningChallenge;
  /** Subjects whom an amendment would bring in. */
  entering?: readonly string[];
}

/** Who could sign a challenge, and what holds for each of them. */
export interface Signers extends Signing {
  matter: Matter;
  authors: readonly string[];
  names: ReadonlyMap<string, string>;
  /** Members with the role of HR, whether or not their signature counts. */
  hr: readonly string[];
}

/** Who may sign for a challenge, by who gains and from whom the signers have what they have. */
@Injectable()
export class SignerService {
  constructor(
    private readonly people: PeopleService,
    private readonly provenance: ProvenanceService,
    private readonly participants: ParticipantService,
    private readonly lineups: LineupService,
    private readonly authors: AuthorService,
    private readonly steering: SteeringService,
  ) {}

  /**
   * With `countersign` authors do not count, and the order of signers is kept. Managers are looked
   * at where no HR counts, and the one whose signature is given in any case.
   */
  async of(
    tx: Tx,
    organisationId: string,
    found: Signable,
    {
      countersign = false,
      signature,
    }: { countersign?: boolean; signature?: string | undefined } = {},
  ): Promise<Signers> {
    const today = await this.people.today(organisationId, tx);
    const rows = await store.candidates(tx, organisationId, today);
    const authors = await this.authors.list(tx, organisationId, found.challenge.id);
    const known = [...rows.map((row) => row.signature), ...authors];
    const plain = await this.matter(tx, organisationId, found, known);
    const wrote = await this.provenance.withPersons(tx, organisationId, authors);
    const matter = countersign ? { ...plain, authors: wrote } : plain;
    const signing = (managed: ReadonlyMap<string, string[]>) =>
      signingOf(
        rows.map((row): Signer => ({ ...row, teams: managed.get(row.signature) ?? [] })),
        matter,
        { inTurn: countersign },
      );
    const first = signing(new Map());
    const managers = rows.filter(({ roles }) => roles.includes('manager'));
    const wanted = managers.filter((row) => first.next !== 'hr' || row.signature === signature);
    const managed = await this.managed(tx, organisationId, found, wanted, today);
    return {
      ...(managed.size > 0 ? signing(managed) : first),
      matter,
      authors,
      names: new Map(rows.map((row) => [row.signature, row.name])),
      hr: rows.flatMap((row) => (row.roles.includes('hr') ? [row.signature] : [])),
    };
  }

  /** True where nobody has to sign, because no author gains by it. */
  async byTime(tx: Tx, organisationId: string, found: Signable): Promise<boolean> {
    const authors = await this.authors.list(tx, organisationId, found.challenge.id);
    return mayTimeCertify(authors, await this.matter(tx, organisationId, found, authors));
  }

  /** What holds for a signature, also of somebody who is not among the signers. */
  verdict({ verdicts, matter }: Signers, signature: string): Verdict {
    return verdicts.get(signature) ?? verdictOf({ signature, roles: [], teams: [] }, matter);
  }

  /** Problems: `signature-does-not-count`. */
  need(signers: Signers, signature: string): void {
    needCounting(this.verdict(signers, signature));
  }

  waitsFor({ next, asked, names }: Signers): WaitsFor {
    const members = asked.flatMap((signature) =>
      signature.startsWith(MEMBER)
        ? [{ id: signature.slice(MEMBER.length), name: names.get(signature) ?? '' }]
        : [],
    );
    return { order: next, members };
  }

  /** Whom to tell that a signature is wanted: those who are asked, and HR in any case. */
  told({ asked, hr }: Signers): string[] {
    const signatures = [...new Set([...asked, ...hr])];
    return signatures.flatMap((one) => (one.startsWith(MEMBER) ? one.slice(MEMBER.length) : []));
  }

  /** The organisation of a challenge, for an operator. Problems: `not-found`. */
  async organisationOf(tx: Tx, challengeId: string): Promise<string> {
    const id = await store.organisationOf(tx, challengeId);
    if (!id) throw new ProblemError('not-found');
    return id;
  }

  /** From whom these have what they have, and who of all of them may be paid. */
  private async matter(
    tx: Tx,
    organisationId: string,
    found: Signable,
    signatures: readonly string[],
  ): Promise<Matter> {
    const grants = await this.provenance.grants(tx, organisationId, signatures);
    const members = [...grants.keys()].filter((one) => one.startsWith(MEMBER));
    const paid = await this.mayBePaid(tx, organisationId, found, members);
    return { gainers: await this.provenance.withPersons(tx, organisationId, paid), grants };
  }

  /** Which of these may be paid: who competes, or is in a team that does, left or not. */
  private async mayBePaid(
    tx: Tx,
    organisationId: string,
    { row, challenge, entering = [] }: Signable,
    signatures: readonly string[],
  ): Promise<string[]> {
    const { definition, id } = challenge;
    if (definition.payout.length === 0 || signatures.length === 0) return [];
    const { lineup } = await this.lineups.joinStored(tx, organisationId, challenge);
    const subjectsOf = (signature: string) => {
      const memberId = signature.slice(MEMBER.length);
      return lineup ? lineup.allTeamsOf(memberId) : [memberId];
    };
    const wanted = [...new Set(signatures.flatMap(subjectsOf))];
    const subjects =
      row.version === null
        ? new Set(await this.participants.subjects(tx, organisationId, definition))
        : new Set(
            (await scoreStore.find(tx, organisationId, [id], wanted)).map((one) => one.subjectId),
          );
    for (const one of entering) subjects.add(one);
    return signatures.filter((one) => subjectsOf(one).some((subject) => subjects.has(subject)));
  }

  /** The teams concerned of the managers who may steer the challenge, by their signatures. */
  private async managed(
    tx: Tx,
    organisationId: string,
    { challenge: { definition } }: Signable,
    managers: readonly { signature: string }[],
    today: string,
  ): Promise<Map<string, string[]>> {
    if (managers.length === 0) return new Map();
    const { audience, from, to } = definition;
    const ids = managers.map(({ signature }) => signature.slice(MEMBER.length));
    const inside = await this.steering.steerers(tx, organisationId, ids, definition);
    const teamIds = 'teamIds' in audience ? (audience.teamIds ?? []) : [];
    const memberIds = audience.kind === 'members' ? audience.memberIds : [];
    const all = memberIds.length + teamIds.length === 0;
    const concerned = { all, memberIds, teamIds, from, to };
    const rows = await store.managers(tx, organisationId, concerned, today);
    return new Map(
      rows.flatMap(({ memberId, teamIds: own }) =>
        inside.has(memberId) ? [[MEMBER + memberId, own] as const] : [],
      ),
    );
  }
}
