import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Demo1791200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table demo (
      organisation_id uuid not null,
      edition int not null,
      day date not null,
      step int,
      until date not null,
      constraint demo_pkey primary key (organisation_id)
    )`);
    await runner.query(`alter table demo
      add constraint demo_organisation_fkey
      foreign key (organisation_id) references organisation(id) on delete cascade`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table demo');
  }
}
