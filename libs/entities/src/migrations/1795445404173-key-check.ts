import { MigrationInterface, QueryRunner } from 'typeorm';

/** key check */
export class KeyCheck1795445404173 implements MigrationInterface {
  readonly name = 'KeyCheck1795445404173';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "key_check" ("id" smallint NOT NULL DEFAULT \'1\', "canary" text NOT NULL, CONSTRAINT "PK_18620e59f874112f2c42cc95fec" PRIMARY KEY ("id"))',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "key_check"');
  }
}
