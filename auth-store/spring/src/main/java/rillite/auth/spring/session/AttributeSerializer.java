package rillite.auth.spring.session;

import java.io.ObjectInputFilter;

/**
 * Turns values of session attributes into bytes and back. Implement it to bring a form of your own, such as JSON by another
 * version of Jackson; every implementation must refuse types that it does not know, since whoever writes to the file chooses
 * what is read. Used by many threads at once, and on those that must not block.
 */
public interface AttributeSerializer {

    /** The form of a value. Any exception refuses it. */
    byte[] serialize(Object value);

    /**
     * The value of that form. Any exception refuses it, and the session is then treated as ended; a {@link
     * TypeNotPresentException} names the type in the log, of others the log has the kind only.
     */
    Object deserialize(byte[] bytes);

    /**
     * JSON by Jackson 3 with the modules of Spring Security. Permitted are its types, simple values, dates and times,
     * collections of the JDK, and the given classes; each class of a value needs to be given, also those inside of others.
     */
    static AttributeSerializer json(Class<?>... permitted) {
        return JacksonAttributes.permitting(permitted);
    }

    /**
     * The serialization of the JDK, as servlet applications have it by default. Permitted are types of Spring Security, the
     * principal {@code AuthStoreUser}, simple values, dates and times, collections of the JDK, and the given classes, up to 20
     * levels deep.
     */
    static AttributeSerializer jdk(Class<?>... permitted) {
        return JdkAttributes.permitting(permitted);
    }

    /** The serialization of the JDK with a filter of your own. What it leaves undecided is refused. */
    static AttributeSerializer jdk(ObjectInputFilter filter) {
        return new JdkAttributes(filter, ClassLoaders.current());
    }
}
