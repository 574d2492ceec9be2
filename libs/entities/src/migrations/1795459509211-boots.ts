import { MigrationInterface, QueryRunner } from 'typeorm';

/** When a container was seen to have booted: keys are looked at more often while cloud-init may still be writing. */
export class Boots1795459509211 implements MigrationInterface {
  readonly name = 'Boots1795459509211';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "containers" ADD "observed_boot" text');
    await queryRunner.query('ALTER TABLE "containers" ADD "booted_at" TIMESTAMP WITH TIME ZONE');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "containers" DROP COLUMN "booted_at"');
    await queryRunner.query('ALTER TABLE "containers" DROP COLUMN "observed_boot"');
  }
}
