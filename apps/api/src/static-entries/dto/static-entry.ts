import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { Ref } from '../../containers/dto/container';
import { MayBeAbsent } from '../../http/may-be-absent';
import { TextProblem } from '../../http/problem';

const TITLE = /^(?! )[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+(?<! )$/u;
const TITLE_FAULT = 'A title is not empty, has no spaces at its ends and no control characters.';
/** UTF-16 units; the reader of the text counts its octets. */
const MAX_TEXT = 1_048_576;

/** Records that an admin wrote, without the text. */
export class ListedStaticEntry {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() zone!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: 'integer', description: 'Counts the changes.' }) version!: number;
  @ApiProperty({ type: 'integer', description: 'How many records the text has.' }) records!: number;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiProperty({ type: () => Ref, nullable: true, description: 'Null for what was imported on the command line.' })
  updatedBy!: Ref | null;
}

/** Records that an admin wrote as zone-file text. */
export class StaticEntry extends ListedStaticEntry {
  @ApiProperty() text!: string;
}

/** An entry that is wanted. */
export class CreateStaticEntry {
  @ApiPropertyOptional({ maxLength: 254, description: 'The zone of the containers where none is named.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(254)
  zone?: string;

  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @MaxLength(100)
  @Matches(TITLE, { message: TITLE_FAULT })
  title!: string;

  @ApiProperty({ maxLength: MAX_TEXT, example: 'www 300 IN A 192.0.2.80' })
  @IsString()
  @MaxLength(MAX_TEXT)
  text!: string;
}

/** Another text for an entry. */
export class ChangeStaticEntry {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsString()
  @MaxLength(100)
  @Matches(TITLE, { message: TITLE_FAULT })
  title!: string;

  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @MaxLength(MAX_TEXT)
  text!: string;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'The version that the change was made to.' })
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version!: number;
}

/** A text that may be saved later. */
export class CheckStaticEntry {
  @ApiPropertyOptional({ maxLength: 254, description: 'The zone of the containers where none is named.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(254)
  zone?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The entry whose text it will be; its zone counts then.' })
  @MayBeAbsent()
  @IsUUID()
  id?: string;

  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @MaxLength(MAX_TEXT)
  text!: string;
}

/** A record that a text says. */
export class TextRecord {
  @ApiProperty() owner!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ type: 'integer' }) ttl!: number;
  @ApiProperty({ description: 'As in a zone file, names in full.' }) data!: string;
  @ApiProperty({ type: 'integer' }) line!: number;
}

/** What a text says, and what is wrong with it; without errors it can be saved. */
export class CheckedText {
  @ApiProperty({ type: () => [TextProblem], description: 'In the order of the text.' }) problems!: TextProblem[];
  @ApiProperty({ type: () => [TextRecord], description: 'At most 1,000.' }) records!: TextRecord[];
  @ApiProperty({ type: 'integer', description: 'How many there are.' }) total!: number;
}

/** Which entries. */
export class ListStaticEntries {
  @ApiPropertyOptional({ maxLength: 254 })
  @MayBeAbsent()
  @IsString()
  @MaxLength(254)
  zone?: string;
}
