package rillite.auth.spring.session;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** JSON in which each value names its class, out of a closed list. */
final class JacksonAttributes implements AttributeSerializer {

    private static final Set<Class<?>> SIMPLE = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class,
            byte[].class,
            int[].class,
            long[].class,
            double[].class,
            String[].class,
            Date.class,
            Instant.class,
            Duration.class,
            Period.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            Month.class,
            DayOfWeek.class);

    private static final Set<Class<?>> COLLECTIONS = Set.of(
            ArrayList.class,
            LinkedList.class,
            ArrayDeque.class,
            HashMap.class,
            LinkedHashMap.class,
            TreeMap.class,
            ConcurrentHashMap.class,
            HashSet.class,
            LinkedHashSet.class,
            TreeSet.class);

    private static final boolean SECURITY = ClassUtils.isPresent(
            "org.springframework.security.jackson.SecurityJacksonModules", JacksonAttributes.class.getClassLoader());

    /** Names of classes that the JDK keeps private. */
    private static final List<String> HIDDEN =
            List.of("java.util.ImmutableCollections$", "java.util.Collections$", "java.util.Arrays$ArrayList");

    private final ObjectWriter writer;
    private final ObjectReader reader;

    private JacksonAttributes(JsonMapper mapper) {
        writer = mapper.writerFor(Object.class);
        reader = mapper.readerFor(Object.class);
    }

    static JacksonAttributes permitting(Class<?>... types) {
        Set<Class<?>> permitted = new HashSet<>(List.of(types));
        permitted.addAll(SIMPLE);
        permitted.addAll(COLLECTIONS);
        Set<Class<?>> list = Set.copyOf(permitted);
        BasicPolymorphicTypeValidator.Builder closed =
                BasicPolymorphicTypeValidator.builder().allowIfSubType((context, type) -> list.contains(type));
        HIDDEN.forEach(closed::allowIfSubType);
        JsonMapper.Builder mapper = JsonMapper.builder();
        if (SECURITY) {
            mapper.addModules(SecurityJacksonModules.getModules(ClassLoaders.current(), closed));
        } else {
            mapper.activateDefaultTyping(closed.build(), DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY);
        }
        return new JacksonAttributes(mapper.build());
    }

    @Override
    public byte[] serialize(Object value) {
        return writer.writeValueAsBytes(value);
    }

    @Override
    public Object deserialize(byte[] bytes) {
        try {
            return reader.readValue(bytes);
        } catch (InvalidTypeIdException e) {
            throw new TypeNotPresentException(String.valueOf(e.getTypeId()), null);
        }
    }
}
