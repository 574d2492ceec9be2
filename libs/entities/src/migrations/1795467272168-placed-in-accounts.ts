import { MigrationInterface, QueryRunner } from 'typeorm';

/** A key belongs to the manager in the accounts into which it put it, and in no other. */
export class PlacedInAccounts1795467272168 implements MigrationInterface {
  readonly name = 'PlacedInAccounts1795467272168';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "placed_keys" ADD "home" text NOT NULL DEFAULT \'\'');
    await queryRunner.query('ALTER TABLE "placed_keys" DROP CONSTRAINT "PK_cc2334ffdc9328e8b751128208d"');
    await queryRunner.query(
      'ALTER TABLE "placed_keys" ADD CONSTRAINT "PK_16880e0e2d10eb2cec9321442ae" PRIMARY KEY ("container_id", "fingerprint", "home")',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DELETE FROM placed_keys p USING placed_keys q WHERE p.container_id = q.container_id AND p.fingerprint = q.fingerprint AND p.home > q.home',
    );
    await queryRunner.query('ALTER TABLE "placed_keys" DROP CONSTRAINT "PK_16880e0e2d10eb2cec9321442ae"');
    await queryRunner.query(
      'ALTER TABLE "placed_keys" ADD CONSTRAINT "PK_cc2334ffdc9328e8b751128208d" PRIMARY KEY ("container_id", "fingerprint")',
    );
    await queryRunner.query('ALTER TABLE "placed_keys" DROP COLUMN "home"');
  }
}
