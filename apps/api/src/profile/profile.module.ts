import { Module } from '@nestjs/common';
import { ProfileController } from './profile.controller';
import { SshKeysService } from './ssh-keys.service';

/** A person's own things. */
@Module({ controllers: [ProfileController], providers: [SshKeysService] })
export class ProfileModule {}
