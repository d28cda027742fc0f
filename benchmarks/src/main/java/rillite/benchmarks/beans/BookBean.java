package rillite.benchmarks.beans;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "book")
public class BookBean {

    @Id
    private long id;

    private String title = "";

    @ManyToOne
    private @Nullable AuthorBean author;

    private long pages;
    private double price;

    public long getId() {
        return id;
    }

    public String getTitle() {
        return title;
    }

    public @Nullable AuthorBean getAuthor() {
        return author;
    }

    public long getPages() {
        return pages;
    }

    public double getPrice() {
        return price;
    }
}
