import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';
import { QueryFlag } from '../../http/query-text';

/** A host that is to be managed. */
export class AddHost {
  @ApiProperty({ maxLength: 63, example: 'host1' })
  @IsString()
  @Matches(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, {
    message:
      'A name has 1 to 63 letters, digits, dots, hyphens and underscores, and begins and ends with a letter or digit.',
  })
  name!: string;

  @ApiProperty({
    maxLength: 300,
    example: 'https://host1.example.org:8443',
    description: 'https only; the port is 8443 where none is given.',
  })
  @IsString()
  @IsNotEmpty({ message: 'Enter the address of the host.' })
  @MaxLength(300)
  url!: string;

  @ApiPropertyOptional({
    maxLength: 1024,
    format: 'password',
    description: 'The trust password of an LXD before 5.x; used once, kept sealed until then.',
  })
  @MayBeAbsent()
  @IsString()
  @IsNotEmpty({ message: 'Leave the trust password out, or enter it.' })
  @MaxLength(1024)
  trustPassword?: string;

  @ApiPropertyOptional({ maxLength: 16384, description: 'A trust token, which carries the fingerprint of the host.' })
  @MayBeAbsent()
  @IsString()
  @IsNotEmpty({ message: 'Leave the trust token out, or enter it.' })
  @MaxLength(16_384)
  trustToken?: string;

  @ApiPropertyOptional({
    maxLength: 120,
    description:
      'SHA-256 of the host’s certificate; colons are allowed. Without it, or a token, the fingerprint is shown to be confirmed.',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(120)
  fingerprint?: string;

  @ApiProperty({ type: [String], example: ['2001:db8:100::/64'] })
  @IsArray()
  @ArrayMaxSize(64)
  @IsString({ each: true })
  @MaxLength(50, { each: true })
  subnets!: string[];

  @ApiPropertyOptional({ maxLength: 2000 })
  @MayBeAbsent()
  @IsString()
  @MaxLength(2000)
  monitoringUrl?: string;
}

/** The certificate that an admin accepts. */
export class ConfirmPin {
  @ApiProperty({ maxLength: 120, description: 'SHA-256 of the host’s certificate; colons are allowed.' })
  @IsString()
  @MaxLength(120)
  fingerprint!: string;
}

/** How to remove a host. */
export class RemoveHost {
  @ApiPropertyOptional({
    default: false,
    description: 'Also when containers are on it: they go from management, and stay on the host.',
  })
  @QueryFlag()
  @MayBeAbsent()
  @IsBoolean()
  force: boolean = false;
}
