package rillite.auth.spring.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serialization of the JDK behind a filter, which sees each class before an object of it exists. */
final class JdkAttributes implements AttributeSerializer {

    /** Sets within sets cost twice as much to read with each level: 20 take a part of a second, 28 a minute. */
    private static final String BOUNDS = "maxdepth=20;maxrefs=100000;maxarray=1000000;";

    private static final String KNOWN = "java.lang.*;java.math.*;java.time.*;java.util.*;java.net.URI;"
            + "java.util.concurrent.ConcurrentHashMap;java.util.concurrent.CopyOnWriteArrayList;"
            + "org.springframework.security.**;rillite.auth.spring.security.AuthStoreUser;";

    private final ObjectInputFilter filter;
    private final ClassLoader loader;

    JdkAttributes(ObjectInputFilter filter, ClassLoader loader) {
        this.filter = filter;
        this.loader = loader;
    }

    static JdkAttributes permitting(Class<?>... types) {
        String given = Arrays.stream(types).map(type -> type.getName() + ";").collect(Collectors.joining());
        return new JdkAttributes(
                ObjectInputFilter.Config.createFilter(BOUNDS + KNOWN + given + "!*"), ClassLoaders.current());
    }

    @Override
    public byte[] serialize(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public Object deserialize(byte[] bytes) {
        AtomicReference<@Nullable Class<?>> refused = new AtomicReference<>();
        try (Input in = new Input(bytes, loader)) {
            in.setObjectInputFilter(info -> decided(info, refused));
            return in.readObject();
        } catch (IOException e) {
            Class<?> type = refused.get();
            throw type == null ? new UncheckedIOException(e) : new TypeNotPresentException(type.getName(), null);
        } catch (ClassNotFoundException e) {
            throw new TypeNotPresentException(String.valueOf(e.getMessage()), null);
        }
    }

    /** What the filter says; a class that it says nothing about is refused. */
    private Status decided(ObjectInputFilter.FilterInfo info, AtomicReference<@Nullable Class<?>> refused) {
        Status status = filter.checkInput(info);
        if (status == Status.REJECTED || (status == Status.UNDECIDED && isObject(info.serialClass()))) {
            refused.compareAndSet(null, info.serialClass());
            return Status.REJECTED;
        }
        return status;
    }

    private static boolean isObject(@Nullable Class<?> type) {
        if (type == null) {
            return false;
        }
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return !element.isPrimitive();
    }

    private static final class Input extends ObjectInputStream {

        private final ClassLoader loader;

        Input(byte[] bytes, ClassLoader loader) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description); // primitive types have no loader
            }
        }
    }
}
