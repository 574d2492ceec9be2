import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

/** An SSH public key of a profile. */
export class SshKey {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() type!: string;
  @ApiProperty() comment!: string;
  @ApiProperty({ description: 'SHA256:…, as ssh-keygen -l prints it.' }) fingerprint!: string;
  @ApiProperty() publicKey!: string;
  @ApiProperty({ enum: ['profile', 'gitlab'], description: "GitLab's keys are removed in GitLab." })
  source!: 'profile' | 'gitlab';
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) expiresAt!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
}

/** A pasted public key. */
export class AddSshKey {
  @ApiProperty({ description: 'One line, as in ~/.ssh/id_ed25519.pub.', maxLength: 16384 })
  @IsString()
  @MaxLength(16_384, { message: 'This is longer than 16 kB and no SSH public key.' })
  publicKey!: string;
}
