/** A rule of class-validator for texts. */
import { ValidateBy, buildMessage } from 'class-validator';

/** class-validator's own IsByteLength throws on a lone surrogate, which JSON may contain. */
export function IsTextOfBytes(min: number, max: number): PropertyDecorator {
  return ValidateBy({
    name: 'isTextOfBytes',
    validator: {
      validate: (value) => {
        const length = typeof value === 'string' ? Buffer.byteLength(value) : -1;
        return length >= min && length <= max;
      },
      defaultMessage: buildMessage((each) => `${each}$property must be a string of ${min} to ${max} bytes`),
    },
  });
}
