import { MigrationInterface, QueryRunner } from 'typeorm';

/** What zones are made of beside containers, who may change it from outside, and what happened to them. */
export class Zones1795471552868 implements MigrationInterface {
  readonly name = 'Zones1795471552868';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "dynamic_entries" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "zone" text NOT NULL, "title" text NOT NULL, "template" text NOT NULL, "owner" text NOT NULL, "type" integer NOT NULL, "ttl" integer NOT NULL, "container_id" uuid, "networks" cidr array NOT NULL DEFAULT \'{}\', "created_by_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_1b6cbb98bca17d2c2bbf4ca2a44" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_0a8939499995eb6d602d3c838c" ON "dynamic_entries"  ("container_id") WHERE container_id IS NOT NULL',
    );
    await queryRunner.query('CREATE INDEX "IDX_d45e140b4b580b72e455d1ff82" ON "dynamic_entries"  ("zone", "owner") ');
    await queryRunner.query(
      'CREATE TABLE "dynamic_entry_owners" ("entry_id" uuid NOT NULL, "user_id" uuid NOT NULL, CONSTRAINT "PK_d2df725eb361c41577beafc81da" PRIMARY KEY ("entry_id", "user_id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_774cb21c42798f94b8cf9c9569" ON "dynamic_entry_owners"  ("user_id") ');
    await queryRunner.query(
      'CREATE TABLE "dynamic_tokens" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "entry_id" uuid NOT NULL, "name" text NOT NULL, "token_hash" text NOT NULL, "networks" cidr array NOT NULL DEFAULT \'{}\', "expires_at" TIMESTAMP WITH TIME ZONE, "last_used_at" TIMESTAMP WITH TIME ZONE, "last_used_address" text, "created_by_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "revoked_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "UQ_888105d409a3ac75be1b6d8e524" UNIQUE ("token_hash"), CONSTRAINT "PK_e71ac0a007a22239b1bbda7852d" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_3b799e5910fc104121553c32f8" ON "dynamic_tokens"  ("entry_id") ');
    await queryRunner.query(
      'CREATE TABLE "tsig_keys" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "name" text NOT NULL, "algorithm" text NOT NULL, "secret_sealed" text NOT NULL, "update_names" text array NOT NULL DEFAULT \'{}\', "update_types" text array NOT NULL DEFAULT \'{}\', "may_transfer" boolean NOT NULL DEFAULT false, "created_by_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_used_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "UQ_25a972e798497fdf85128c58d60" UNIQUE ("name"), CONSTRAINT "PK_14799e528ea096fe0e1cdd33bae" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "secondaries" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "name" text NOT NULL, "address" inet NOT NULL, "port" integer NOT NULL DEFAULT \'53\', "tsig_key_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "notified_serial" bigint, "notified_at" TIMESTAMP WITH TIME ZONE, "transferred_serial" bigint, "transferred_at" TIMESTAMP WITH TIME ZONE, "error" text, CONSTRAINT "PK_4e430b1f55c71a11f354ffa7f52" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "IDX_91f92fb669236ec6fb67ef815e" ON "secondaries"  ("address", "port") ',
    );
    await queryRunner.query(
      'CREATE TABLE "static_entries" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "zone" text NOT NULL, "title" text NOT NULL, "text" text NOT NULL, "version" integer NOT NULL DEFAULT \'1\', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updated_by_id" uuid, CONSTRAINT "PK_c01fa1ba47abbb6dd38bc1419c6" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_a6b01762f3d99715cb79f663a6" ON "static_entries"  ("zone") ');
    await queryRunner.query(
      'CREATE TABLE "zone_journal" ("id" BIGSERIAL NOT NULL, "owners" text array, "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_8508fbec2ad6842d1586bbfbbd5" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_91478c26e6a8350721bb370f4b" ON "zone_journal"  ("at") ');
    await queryRunner.query(
      'CREATE TABLE "zone_keys" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "zone" text NOT NULL, "dnskey" bytea NOT NULL, "private_key_sealed" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "active_at" TIMESTAMP WITH TIME ZONE, "retired_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_ecc9ba2e075dd8c8e7779e72fca" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "IDX_6096d3647fcd85b411e9c61715" ON "zone_keys"  ("zone") ');
    await queryRunner.query(
      'CREATE TABLE "zone_records" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "zone" text NOT NULL, "owner" text NOT NULL, "type" integer NOT NULL, "ttl" integer NOT NULL, "rdata" bytea NOT NULL, "source" text NOT NULL, "static_entry_id" uuid, "dynamic_entry_id" uuid, "tsig_key_id" uuid, "value" text, "line" integer, "expires_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_91a5234d60969823c785fb94258" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE INDEX "IDX_a2e328cd2dc4e5cbacc0564d0d" ON "zone_records"  ("static_entry_id") WHERE static_entry_id IS NOT NULL',
    );
    await queryRunner.query(
      'CREATE INDEX "IDX_9e848c3ed7c6ec33ae8d5d99f5" ON "zone_records"  ("dynamic_entry_id") WHERE dynamic_entry_id IS NOT NULL',
    );
    await queryRunner.query(
      'CREATE INDEX "IDX_1251a4747c1694e0623d46713e" ON "zone_records"  ("tsig_key_id") WHERE tsig_key_id IS NOT NULL',
    );
    await queryRunner.query(
      'CREATE INDEX "IDX_4e2f3106d2a3525d94fa7a9cdc" ON "zone_records"  ("expires_at") WHERE expires_at IS NOT NULL',
    );
    await queryRunner.query('CREATE INDEX "zone_records_owner" ON "zone_records"  ("zone", "owner", "type") ');
    // The oldest entry is the proof that nothing before it is missing.
    await queryRunner.query('INSERT INTO "zone_journal" ("owners") VALUES (NULL)');
    await queryRunner.query('ALTER TABLE "zones" ADD "kind" text NOT NULL DEFAULT \'forward\'');
    await queryRunner.query('ALTER TABLE "zones" ADD "cidr" cidr');
    await queryRunner.query('ALTER TABLE "zones" ADD CONSTRAINT "UQ_31e4de78dc696df3a6be6c0caae" UNIQUE ("cidr")');
    await queryRunner.query('ALTER TABLE "zones" ADD "dnssec" boolean NOT NULL DEFAULT false');
    await queryRunner.query(
      'ALTER TABLE "dynamic_entries" ADD CONSTRAINT "FK_7c1115bd56f440abe73d6dc9154" FOREIGN KEY ("zone") REFERENCES "zones"("name") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "dynamic_entries" ADD CONSTRAINT "FK_6e75d3f245c261e60c3b70fea8d" FOREIGN KEY ("container_id") REFERENCES "containers"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "dynamic_entry_owners" ADD CONSTRAINT "FK_9958ef80fc3f1f04f613d1caf32" FOREIGN KEY ("entry_id") REFERENCES "dynamic_entries"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "dynamic_entry_owners" ADD CONSTRAINT "FK_774cb21c42798f94b8cf9c9569b" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "dynamic_tokens" ADD CONSTRAINT "FK_3b799e5910fc104121553c32f8b" FOREIGN KEY ("entry_id") REFERENCES "dynamic_entries"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "secondaries" ADD CONSTRAINT "FK_4e771321f8e24d9541245a579df" FOREIGN KEY ("tsig_key_id") REFERENCES "tsig_keys"("id") ON DELETE RESTRICT ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "static_entries" ADD CONSTRAINT "FK_a6b01762f3d99715cb79f663a6d" FOREIGN KEY ("zone") REFERENCES "zones"("name") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "zone_keys" ADD CONSTRAINT "FK_6096d3647fcd85b411e9c61715b" FOREIGN KEY ("zone") REFERENCES "zones"("name") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "zone_records" ADD CONSTRAINT "FK_c4c4ead84f6493c66195d42298d" FOREIGN KEY ("zone") REFERENCES "zones"("name") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "zone_records" ADD CONSTRAINT "FK_ba8cf694147d792e51c3da87bd4" FOREIGN KEY ("static_entry_id") REFERENCES "static_entries"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "zone_records" ADD CONSTRAINT "FK_e0f4eca71b1a8e22e3a570f7649" FOREIGN KEY ("dynamic_entry_id") REFERENCES "dynamic_entries"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "zone_records" ADD CONSTRAINT "FK_ba18e588abc800e7f4b7a125c4d" FOREIGN KEY ("tsig_key_id") REFERENCES "tsig_keys"("id") ON DELETE SET NULL ON UPDATE NO ACTION',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "zone_records" DROP CONSTRAINT "FK_ba18e588abc800e7f4b7a125c4d"');
    await queryRunner.query('ALTER TABLE "zone_records" DROP CONSTRAINT "FK_e0f4eca71b1a8e22e3a570f7649"');
    await queryRunner.query('ALTER TABLE "zone_records" DROP CONSTRAINT "FK_ba8cf694147d792e51c3da87bd4"');
    await queryRunner.query('ALTER TABLE "zone_records" DROP CONSTRAINT "FK_c4c4ead84f6493c66195d42298d"');
    await queryRunner.query('ALTER TABLE "zone_keys" DROP CONSTRAINT "FK_6096d3647fcd85b411e9c61715b"');
    await queryRunner.query('ALTER TABLE "static_entries" DROP CONSTRAINT "FK_a6b01762f3d99715cb79f663a6d"');
    await queryRunner.query('ALTER TABLE "secondaries" DROP CONSTRAINT "FK_4e771321f8e24d9541245a579df"');
    await queryRunner.query('ALTER TABLE "dynamic_tokens" DROP CONSTRAINT "FK_3b799e5910fc104121553c32f8b"');
    await queryRunner.query('ALTER TABLE "dynamic_entry_owners" DROP CONSTRAINT "FK_774cb21c42798f94b8cf9c9569b"');
    await queryRunner.query('ALTER TABLE "dynamic_entry_owners" DROP CONSTRAINT "FK_9958ef80fc3f1f04f613d1caf32"');
    await queryRunner.query('ALTER TABLE "dynamic_entries" DROP CONSTRAINT "FK_6e75d3f245c261e60c3b70fea8d"');
    await queryRunner.query('ALTER TABLE "dynamic_entries" DROP CONSTRAINT "FK_7c1115bd56f440abe73d6dc9154"');
    await queryRunner.query('DELETE FROM "zones" WHERE "kind" <> \'forward\'');
    await queryRunner.query('ALTER TABLE "zones" DROP COLUMN "dnssec"');
    await queryRunner.query('ALTER TABLE "zones" DROP CONSTRAINT "UQ_31e4de78dc696df3a6be6c0caae"');
    await queryRunner.query('ALTER TABLE "zones" DROP COLUMN "cidr"');
    await queryRunner.query('ALTER TABLE "zones" DROP COLUMN "kind"');
    await queryRunner.query('DROP INDEX "public"."zone_records_owner"');
    await queryRunner.query('DROP INDEX "public"."IDX_4e2f3106d2a3525d94fa7a9cdc"');
    await queryRunner.query('DROP INDEX "public"."IDX_1251a4747c1694e0623d46713e"');
    await queryRunner.query('DROP INDEX "public"."IDX_9e848c3ed7c6ec33ae8d5d99f5"');
    await queryRunner.query('DROP INDEX "public"."IDX_a2e328cd2dc4e5cbacc0564d0d"');
    await queryRunner.query('DROP TABLE "zone_records"');
    await queryRunner.query('DROP INDEX "public"."IDX_6096d3647fcd85b411e9c61715"');
    await queryRunner.query('DROP TABLE "zone_keys"');
    await queryRunner.query('DROP INDEX "public"."IDX_91478c26e6a8350721bb370f4b"');
    await queryRunner.query('DROP TABLE "zone_journal"');
    await queryRunner.query('DROP INDEX "public"."IDX_a6b01762f3d99715cb79f663a6"');
    await queryRunner.query('DROP TABLE "static_entries"');
    await queryRunner.query('DROP INDEX "public"."IDX_91f92fb669236ec6fb67ef815e"');
    await queryRunner.query('DROP TABLE "secondaries"');
    await queryRunner.query('DROP TABLE "tsig_keys"');
    await queryRunner.query('DROP INDEX "public"."IDX_3b799e5910fc104121553c32f8"');
    await queryRunner.query('DROP TABLE "dynamic_tokens"');
    await queryRunner.query('DROP INDEX "public"."IDX_774cb21c42798f94b8cf9c9569"');
    await queryRunner.query('DROP TABLE "dynamic_entry_owners"');
    await queryRunner.query('DROP INDEX "public"."IDX_d45e140b4b580b72e455d1ff82"');
    await queryRunner.query('DROP INDEX "public"."IDX_0a8939499995eb6d602d3c838c"');
    await queryRunner.query('DROP TABLE "dynamic_entries"');
  }
}
