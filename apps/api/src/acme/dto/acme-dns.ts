import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

/** What acme-dns takes to register, and which container it is for. */
export class RegisterAcmeDns {
  @ApiPropertyOptional({ type: [String], maxItems: 20, description: 'Networks from which the name may be updated.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  allowfrom?: string[];

  @ApiPropertyOptional({
    maxLength: 100,
    description:
      'A container by its name or id: its own challenge. Without it, a new name for challenges of other domains.',
  })
  @MayBeAbsent()
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  container?: string;
}

/** A registration, as clients of acme-dns store it. */
export class AcmeDnsAccount {
  @ApiProperty() username!: string;
  @ApiProperty({ description: 'The secret: it is shown this once.' }) password!: string;
  @ApiProperty({ description: 'The name of the TXT record, in full.' }) fulldomain!: string;
  @ApiProperty() subdomain!: string;
  @ApiProperty({ type: [String] }) allowfrom!: string[];
}

/** A TXT value for a registered name. */
export class UpdateAcmeDns {
  @ApiProperty({ maxLength: 253 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(253)
  subdomain!: string;

  @ApiProperty({ minLength: 43, maxLength: 43, description: 'The digest of a challenge (RFC 8555 §8.4).' })
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{43}$/, { message: 'The digest of a challenge has 43 characters of base64url.' })
  txt!: string;
}

/** The value that was set. */
export class AcmeDnsUpdated {
  @ApiProperty() txt!: string;
}
